/**
 * The number settings that both hosts offer, once: n8n's properties, Node-RED's dialogs and the readers of both take the range
 * and the meaning of 0 and of an empty field from this table.
 */
import { ParameterError } from './errors';

export interface NumberOption {
	/** In n8n. Node-RED's are in its locales, in its own style. */
	label: string;
	min: number;
	/** Undefined: any number that is exact in JavaScript. */
	max?: number;
	/** True if 0 means "no limit", as an empty field does. */
	zeroIsUnset?: boolean;
	/** True if fractions are allowed, e.g. half a day. */
	fractions?: boolean;
	/** What is used if the field is empty; undefined: no limit, or the service's own default. */
	default?: number;
	/** Unit, if it is not a plain count. */
	unit?: 'VND' | 'days' | 'minutes' | 'seconds';
}

export const NUMBER_OPTIONS = {
	minAmount: { label: 'Minimum Amount', min: 0, zeroIsUnset: true, unit: 'VND' },
	maxAmount: { label: 'Maximum Amount', min: 0, zeroIsUnset: true, unit: 'VND' },
	amount: { label: 'Amount', min: 0, unit: 'VND' },
	tolerance: { label: 'Tolerance', min: 0, default: 0, unit: 'VND' },
	maxAgeDays: {
		label: 'Ignore Transactions Older Than (Days)',
		min: 0,
		zeroIsUnset: true,
		fractions: true,
		unit: 'days',
	},
	replayWindowMinutes: {
		label: 'Replay Window (Minutes)',
		min: 0,
		zeroIsUnset: true,
		fractions: true,
		unit: 'minutes',
	},
	limit: { label: 'Limit', min: 1 },
	page: { label: 'Page', min: 1 },
	pageFromZero: { label: 'Page', min: 0 },
	pageSize: { label: 'Page Size', min: 1, max: 10_000 },
	parallel: { label: 'Pages in Parallel', min: 1, max: 10, default: 4 },
	matchDays: { label: 'Days to Look Back', min: 1, max: 90, default: 7, unit: 'days' },
	backlogDays: {
		label: 'Days to Start With',
		min: 0,
		max: 366,
		default: 0,
		unit: 'days',
	},
	overlapDays: { label: 'Days to Look Back', min: 1, max: 31, default: 3, unit: 'days' },
	portfolioOverlapDays: {
		label: 'Days to Look Back',
		min: 0,
		max: 90,
		default: 7,
		unit: 'days',
	},
	portfolioBacklogDays: {
		label: 'Days to Start With',
		min: 0,
		max: 90,
		default: 0,
		unit: 'days',
	},
	interval: { label: 'Every (s)', min: 5, max: 86_400, default: 60, unit: 'seconds' },
} as const satisfies Record<string, NumberOption>;

export type NumberOptionName = keyof typeof NUMBER_OPTIONS;

/**
 * Reads a number setting as a user, an expression or a message gave it.
 *
 * @param value a number, or digits as text; undefined, null or blank text if the field is empty
 * @param parameter name in errors, if the host calls it something else
 * @returns undefined if the field is empty, and for 0 if that means "no limit"; never the default
 * @throws ParameterError for anything else than a number in the option's range; "100.000" is refused, not read as 100
 */
export function readNumberOption(name: NumberOptionName, value: unknown, parameter: string = name): number | undefined {
	const option: NumberOption = NUMBER_OPTIONS[name];
	if (isEmpty(value)) return undefined;
	const number = toNumber(value, option);
	if (number === undefined || number < option.min || number > (option.max ?? Number.MAX_SAFE_INTEGER)) {
		throw new ParameterError(parameter, describeRange(option), nextStep(option));
	}
	return number === 0 && option.zeroIsUnset ? undefined : number;
}

function isEmpty(value: unknown): boolean {
	return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

function toNumber(value: unknown, { fractions, unit }: NumberOption): number | undefined {
	const form = fractions ? /^\d{1,15}(\.\d{1,9})?$/ : /^\d{1,15}$/;
	// A point in an amount is a separator of thousands in Vietnam, so it must not become a decimal point.
	const number = typeof value === 'string' && form.test(value.trim()) ? Number(value) : value;
	if (typeof number !== 'number') return undefined;
	return (fractions && unit !== 'VND' ? Number.isFinite(number) : Number.isSafeInteger(number)) ? number : undefined;
}

/** What the setting must be, e.g. `Must be a whole number from 1 to 10`. */
function describeRange({ min, max, fractions, unit }: NumberOption): string {
	const what = `${fractions ? 'a number' : 'a whole number'}${unit ? ` of ${unit}` : ''}`;
	return max === undefined ? `Must be ${what}, ${min} or greater` : `Must be ${what} from ${min} to ${max}`;
}

function nextStep({ min, unit, zeroIsUnset, default: usual }: NumberOption): string {
	if (unit === 'VND') return 'Enter an amount such as 100000, without separators.';
	const example = `Enter a number such as ${usual || Math.max(min, 1)}, or leave it empty`;
	return zeroIsUnset ? `${example}; 0 means no limit.` : `${example}.`;
}
