/** Packs a set of ids into a short text that tells if it was damaged: `count.check.difference.difference…`, in base 36. */

/** True for an id that comes back from the packing exactly as it was, `0` included and `007` not. */
export function isPackable(id: string): boolean {
	return /^(0|[1-9]\d{0,15})$/.test(id) && Number.isSafeInteger(Number(id));
}

/** @param ids packable ids, each once, in any order */
export function packNumbers(ids: readonly string[]): string {
	const numbers = ids.map(Number).sort((a, b) => a - b);
	const differences = numbers.map((number, at) => (number - (numbers[at - 1] ?? 0)).toString(36));
	return [numbers.length.toString(36), checkOf(numbers), ...differences].join('.');
}

/** @returns undefined where the text is not what `packNumbers` made */
export function unpackNumbers(text: string): string[] | undefined {
	const [count, check, ...differences] = text.split('.');
	const numbers: number[] = [];
	let last = 0;
	for (const difference of differences) {
		if (!/^[0-9a-z]{1,11}$/.test(difference)) return undefined;
		last += parseInt(difference, 36);
		numbers.push(last);
	}
	const isWhole = count === numbers.length.toString(36) && check === checkOf(numbers) && Number.isSafeInteger(last);
	return isWhole ? numbers.map(String) : undefined;
}

/** Catches a cut text, and one in which a character changed. */
function checkOf(numbers: readonly number[]): string {
	let check = 7;
	for (const number of numbers) check = (check * 31 + (number % 1_000_003)) % 1_000_003;
	return check.toString(36);
}
