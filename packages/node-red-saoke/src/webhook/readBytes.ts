/** Reads the body of a request as bytes, up to a limit. */
import type { HttpRequestIn } from '../host/nodeRed';

export type Bytes = { kind: 'bytes'; bytes: Buffer } | { kind: 'tooLarge' } | { kind: 'broken' };

/**
 * @param limit in bytes
 * @returns the bytes exactly as they came; `tooLarge` as soon as the limit is exceeded, and the rest is discarded;
 *          `broken` if the sender disconnected
 */
export async function readBytes(request: HttpRequestIn, limit: number): Promise<Bytes> {
	if (Number(request.headers['content-length'] ?? 0) > limit) {
		request.resume();
		return { kind: 'tooLarge' };
	}
	return await new Promise((resolve) => {
		const chunks: Buffer[] = [];
		let size = 0;
		request.on('data', (chunk: Buffer) => {
			size += chunk.length;
			if (size <= limit) chunks.push(chunk);
			else {
				chunks.length = 0;
				resolve({ kind: 'tooLarge' });
			}
		});
		request.once('end', () => resolve({ kind: 'bytes', bytes: Buffer.concat(chunks) }));
		request.once('error', () => resolve({ kind: 'broken' }));
		request.once('close', () => resolve({ kind: 'broken' }));
	});
}
