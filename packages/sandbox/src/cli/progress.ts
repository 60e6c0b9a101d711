/** Says how far the making of data is, where that takes a while. */

/** Fewer are made before anybody wonders. */
const WORTH_TELLING = 10_000;

/** Writes to the error output, so that the output proper stays clean. */
export function dataProgress(): (made: number, wanted: number) => void {
	let told = -1;
	return (made, wanted) => {
		const percent = Math.floor((made / wanted) * 10) * 10;
		if (wanted < WORTH_TELLING || percent === told) return;
		told = percent;
		process.stderr.write(`Making transactions: ${String(percent)} % of ${wanted.toLocaleString('en-US')}\n`);
	};
}
