/** @returns a name of the code as n8n's guidelines write it, e.g. `Transaction ID` for `transactionId` */
export function toTitle(name: string): string {
	const words = name.replace(/([A-Z])/g, ' $1').replace(/^./, (letter) => letter.toUpperCase());
	return words.replace(/\bId\b/, 'ID').replace('B I N', 'BIN');
}
