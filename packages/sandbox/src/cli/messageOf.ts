/** Why the command could not do what it should, in words. */
import { DataFileError } from '../store/dataFileError';
import { UsageError } from './usageError';

export function messageOf(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	const { code, port, address } = error as NodeJS.ErrnoException & { port?: number; address?: string };
	switch (code) {
		case 'EADDRINUSE':
			return `Port ${String(port)} is taken. End the program that uses it, or choose another with --port.`;
		case 'EACCES':
			return `Port ${String(port)} may not be used by this user. Choose one above 1023 with --port.`;
		case 'EADDRNOTAVAIL':
			return `${String(address)} is no address of this machine. Choose another with --host.`;
		default:
			if (error instanceof DataFileError) return error.message;
			if (error instanceof UsageError || code?.startsWith('ERR_PARSE_ARGS') === true)
				return `${error.message.replace(/\s+/g, ' ')} (see --help)`;
			return error.stack ?? error.message;
	}
}
