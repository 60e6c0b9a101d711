/** What grows, by how much, and at which cost: the figures behind docs/pictures/cost.svg. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../hosts/paths';
import { machine, type Machine } from '../machine';

export const PARTS = ['reading', 'polling', 'webhook', 'matching'] as const;
export type Part = (typeof PARTS)[number];

export interface Point {
	/** Which of the ways that are compared. */
	line: string;
	/** What a user would use instead. */
	isPeer?: true;
	/** Transactions, deliveries, ids in the window, or open orders. */
	size: number;
	/** Undefined if it did not end. */
	ms?: number;
	/** Growth of the whole process's resident memory to its peak, MB. */
	mb?: number;
}

export interface CostFigures {
	takenAt: string;
	machine: Machine;
	parts: Partial<Record<Part, Point[]>>;
}

const FILE = path.join(ROOT, 'docs', 'figures', 'cost.json');

export function readFigures(): CostFigures {
	if (!existsSync(FILE)) return { takenAt: '', machine: machine(), parts: {} };
	return JSON.parse(readFileSync(FILE, 'utf8')) as CostFigures;
}

/** Puts new points in the place of those of the same line and size. */
export function store(part: Part, fresh: readonly Point[]): void {
	const figures = readFigures();
	const kept = (figures.parts[part] ?? []).filter(
		(old) => !fresh.some(({ line, size }) => line === old.line && size === old.size),
	);
	const points = [...kept, ...fresh].sort((a, b) => (a.line === b.line ? a.size - b.size : a.line < b.line ? -1 : 1));
	const all: CostFigures = {
		takenAt: new Date().toISOString().slice(0, 10),
		machine: machine(),
		parts: { ...figures.parts, [part]: points },
	};
	mkdirSync(path.dirname(FILE), { recursive: true });
	writeFileSync(FILE, `${JSON.stringify(all, rounded)}\n`);
}

/** Nobody reads more digits. */
function rounded(_name: string, value: unknown): unknown {
	return typeof value === 'number' ? Number(value.toPrecision(4)) : value;
}
