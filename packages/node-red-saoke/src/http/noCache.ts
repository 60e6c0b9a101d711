/** Stands in the bundle where got has its cache, which these nodes never switch on: it was a tenth of the package. */

export class CacheError extends Error {}

export default class NoCache {
	/** @throws always: got makes one only if the option `cache` is set */
	constructor() {
		throw new Error('This bundle holds no HTTP cache');
	}
}
