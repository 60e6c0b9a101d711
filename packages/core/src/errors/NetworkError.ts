/** No HTTP answer came: refused, reset, timed out, name not resolved. The cause is named, never attached: it holds headers. */
import { SaokeError } from './SaokeError';

export class NetworkError extends SaokeError {
	readonly method: string;
	readonly path: string;

	/**
	 * @param method HTTP method
	 * @param path path without query
	 * @param reason short reason of the transport, e.g. `ECONNREFUSED`
	 */
	constructor(method: string, path: string, reason: string) {
		super(
			'NETWORK',
			`No answer to ${method} ${path}: ${reason}`,
			'Check the base URL in the credential and the network, then try again.',
		);
		this.method = method;
		this.path = path;
	}
}
