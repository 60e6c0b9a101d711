/** A data file that cannot be used; says which, why, and what to do. */
export class DataFileError extends Error {
	override readonly name = 'DataFileError';

	/** @param cause what went wrong, or the reason in words */
	constructor(file: string, cause: unknown) {
		super(`The data file ${file} cannot be used: ${reasonOf(cause)}.`);
	}
}

function reasonOf(cause: unknown): string {
	if (typeof cause === 'string') return cause;
	if (!(cause instanceof Error)) return String(cause);
	const { code, errcode } = cause as NodeJS.ErrnoException & { errcode?: number };
	// SQLite's numbers: 5 busy, 26 not a database.
	if (errcode === 5) return 'another sandbox has it open; end that one, or choose another file';
	if (errcode === 26) return 'it is not a data file of the sandbox; choose another name';
	if (code === 'ENOENT') return 'its folder does not exist';
	if (code === 'EACCES' || code === 'EROFS') return 'it may not be written';
	if (code === 'EISDIR') return 'it is a folder';
	return cause.message;
}
