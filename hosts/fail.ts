/** Ends a script with its reason on one line: people read the message, not a stack. */

export function fail(error: unknown): void {
	console.error(`\n${error instanceof Error ? error.message : String(error)}`);
	process.exitCode = 1;
}
