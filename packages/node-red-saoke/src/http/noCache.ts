/** Replaces got's unused cache in the bundle, which would be a tenth of the package. */

export class CacheError extends Error {}

export default class NoCache {
	/** @throws always: got makes one only if the option `cache` is set */
	constructor() {
		throw new Error('This bundle has no HTTP cache');
	}
}
