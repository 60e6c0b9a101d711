/** On what the figures were taken. */
import { availableParallelism, cpus, totalmem } from 'node:os';

export interface Machine {
	cpu: string;
	cores: number;
	memoryGb: number;
	node: string;
}

export function machine(): Machine {
	return {
		cpu: cpus()[0]?.model ?? 'unknown',
		cores: availableParallelism(),
		memoryGb: Math.round(totalmem() / 2 ** 30),
		node: process.version,
	};
}
