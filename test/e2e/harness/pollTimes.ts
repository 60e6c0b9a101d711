/** n8n takes no shorter interval than a minute, but several times within it. */
export function everySeconds(seconds: number): { item: { mode: 'custom'; cronExpression: string }[] } {
	const times = Array.from({ length: 60 / seconds }, (_, place) => place * seconds);
	return { item: times.map((second) => ({ mode: 'custom', cronExpression: `${second} * * * * *` })) };
}
