/** What every benchmark reports: our figure beside that of a named peer, measured in the same run. */
export interface BenchResult {
	name: string;
	ours: number;
	peer: number;
	unit: string;
	/** ours / peer. */
	ratio: number;
	/** In words, e.g. `at most 1.3`; empty if the figure is only shown. */
	goal: string;
	pass: boolean;
}
