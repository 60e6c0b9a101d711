/** What a function throws, to look at it closely. */

/** @returns the error; fails the test where nothing is thrown */
export function thrown(run: () => unknown): Error {
	try {
		run();
	} catch (error) {
		if (error instanceof Error) return error;
	}
	throw new Error('It was expected to throw an error');
}
