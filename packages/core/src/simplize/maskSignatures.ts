/** Takes signatures out of the words of a service, which may repeat the request that it refuses. */

const MASK = '********';
/** In a query, then in either encoding wherever it stands: 64 hex digits, or 32 bytes as Base64. */
const SIGNATURES = [/(?<=signature["']?[=:]\s*["']?)[^\s&"',}]+/gi, /\b[0-9a-f]{64}\b/gi, /[A-Za-z0-9+/]{43}=/g];

export function maskSignatures(text: string): string {
	return SIGNATURES.reduce((masked, pattern) => masked.replace(pattern, MASK), text);
}
