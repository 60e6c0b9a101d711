/** The faults that can be switched on, with the settings that each has on the page. */

/** @typedef {{ name: string, type: 'number' | 'text' | 'flag' | 'choice', value?: any, choices?: string[] }} FaultField */

const number = (name, value) => ({ name, type: 'number', value });
const choice = (name, choices) => ({ name, type: 'choice', value: choices[0], choices });
const flag = (name) => ({ name, type: 'flag', value: false });

/** @type {Record<string, { kind: string, fields: any[], fixed?: Record<string, any> }[]>} */
export const FAULTS = {
	api: [
		{ kind: 'httpError', fields: [number('status', 503), number('retryAfterSeconds'), flag('carriedOut')] },
		{ kind: 'rateLimit', fields: [number('requestsPerSecond', 2)] },
		{ kind: 'html', fields: [number('status', 502)] },
		{ kind: 'errorEnvelope', fields: [number('error', 99)] },
		{ kind: 'invalidJson', fields: [] },
		{ kind: 'nullData', fields: [] },
		{ kind: 'reset', fields: [number('afterBytes')] },
		{ kind: 'slow', fields: [number('ms', 3_000)] },
		{ kind: 'never', fields: [] },
		{ kind: 'repeatPage', fields: [] },
		{ kind: 'endlessPages', fields: [choice('records', ['last', 'fresh', 'empty'])] },
		{
			kind: 'insertWhilePaging',
			fields: [],
			fixed: { transactions: [{ amount: 10_000, memo: 'appeared while paging' }] },
		},
		{ kind: 'deleteWhilePaging', fields: [] },
		{ kind: 'shuffleTies', fields: [] },
	],
	delivery: [
		{ kind: 'badSignature', fields: [] },
		{ kind: 'wrongKey', fields: [] },
		{ kind: 'noSignature', fields: [] },
		{ kind: 'tamper', fields: [] },
		{ kind: 'staleTime', fields: [number('ageMs', 600_000)] },
		{ kind: 'replay', fields: [number('afterMs', 5_000)] },
		{ kind: 'duplicate', fields: [number('copies', 1)] },
		{ kind: 'parallel', fields: [number('copies', 5)] },
		{ kind: 'outOfOrder', fields: [number('group', 2)] },
		{ kind: 'late', fields: [number('delayMs', 10_000)] },
		{ kind: 'drop', fields: [] },
		{ kind: 'missingKeys', fields: [] },
		{ kind: 'errorBody', fields: [number('error', 1)] },
		{ kind: 'memo', fields: [choice('form', ['vietnamese', 'long', 'html'])] },
	],
	partner: [
		{ kind: 'httpError', fields: [number('status', 503), number('retryAfterSeconds')] },
		{ kind: 'html', fields: [number('status', 502)] },
		{ kind: 'errorEnvelope', fields: [number('status', 400)] },
		{ kind: 'invalidJson', fields: [] },
		{ kind: 'emptyData', fields: [] },
		{ kind: 'wrongTotal', fields: [number('by', 5)] },
		{ kind: 'repeatPage', fields: [] },
		{ kind: 'slow', fields: [number('ms', 3_000)] },
		{ kind: 'heldUp', fields: [number('ms', 6_000)] },
		{ kind: 'reset', fields: [] },
	],
};

/** Settings that every fault of a group has. */
export const COMMON_FIELDS = {
	api: [{ name: 'path', type: 'text' }, number('count'), number('skip'), number('probability')],
	delivery: [number('attempt'), number('count'), number('skip'), number('probability')],
	partner: [{ name: 'path', type: 'text' }, number('count'), number('skip'), number('probability')],
};
