/** Every switch of the sandbox's Simplize, in each of its values: the doctor says what is on, and calls nothing else wrong. */
import { runSimplizeDoctor } from '@saoke/core/doctor';
import type { SimplizeQuirks } from '@saoke/sandbox';
import { DEFAULT_QUIRKS, SIMPLIZE_QUIRK_CHOICES } from '../../../packages/sandbox/src/simplize/quirks';
import { closeAll, createClient, start } from '../simplize/support';

interface Expected {
	/** Row or check that tells. */
	row: string;
	/** By value of the switch: the verdict, and words of the evidence or the option. */
	values: Record<string, readonly [verdict: string, words: RegExp]>;
	/** Rows that cannot be as assumed either. */
	also?: readonly string[];
}

const SWITCHES: Record<keyof SimplizeQuirks, Expected | { reason: string }> = {
	signaturePayload: {
		row: 'signaturePayload',
		values: {
			'query+body': ['as assumed', /query\+body/],
			query: ['otherwise', /Signature Payload: query$/],
			'query&body': ['otherwise', /Signature Payload: query&body/],
			body: ['otherwise', /Signature Payload: body/],
		},
	},
	signatureEncoding: {
		row: 'signatureEncoding',
		values: {
			hex: ['as assumed', /hex/],
			'hex-lower': ['as assumed', /hex/],
			'hex-upper': ['otherwise', /Signature Encoding: hex-upper/],
			base64: ['otherwise', /Signature Encoding: base64/],
		},
		also: ['key'],
	},
	clockSkewMs: {
		row: 'recvWindow',
		values: {
			0: ['as assumed', /within 5/],
			30000: ['otherwise', /Receive Window/],
			'-10000': ['cannot tell', /clock/],
		},
		also: ['key'],
	},
	rejectReplays: { reason: 'each attempt is signed again, so that the answer changes nothing' },
	latencyMs: {
		row: 'latency',
		values: { 0: ['all right', /ms/], 40: ['all right', /^([4-9]\d|\d{3,}) ms usually/] },
	},
	maxPageSize: {
		row: 'pageSize',
		values: { 0: ['as assumed', /all/], 5: ['otherwise', /at most 5/] },
	},
	omitTotal: {
		row: 'total',
		values: { false: ['as assumed', /there/], true: ['otherwise', /missing/] },
	},
	dateFilterOn: {
		row: 'dayFilter',
		values: { date: ['as assumed', /`date`/], createdDate: ['otherwise', /createdDate/] },
	},
	stockTransactionTypes: {
		row: 'transactionTypes',
		values: {
			any: ['as assumed', /both/],
			comma: ['as assumed', /a list is not/],
			array: ['otherwise', /Send Transaction Types As: List/],
		},
	},
	errorStatus: {
		row: 'failures',
		values: { mirrored: ['as assumed', /HTTP 4/], always200: ['otherwise', /HTTP 200/] },
	},
};

afterAll(closeAll);

const NAMES = Object.keys(DEFAULT_QUIRKS) as Array<keyof SimplizeQuirks>;

it('knows every switch, and every value of each', () => {
	expect(Object.keys(SWITCHES).sort()).toEqual([...NAMES].sort());
	for (const [name, values] of Object.entries(SIMPLIZE_QUIRK_CHOICES)) {
		const expected = SWITCHES[name as keyof SimplizeQuirks];
		if (!('reason' in expected)) expect(Object.keys(expected.values).sort()).toEqual([...values].sort());
	}
});

const CASES = NAMES.flatMap((name) => {
	const expected = SWITCHES[name];
	return 'reason' in expected ? [] : Object.keys(expected.values).map((value) => [name, value, expected] as const);
});

it.each(CASES)('%s: %s', async (name, value, { row, values, also = [] }) => {
	const typed = typeof DEFAULT_QUIRKS[name] === 'string' ? value : (JSON.parse(value) as unknown);
	const sandbox = await start({ quirks: { [name]: typed } });
	const report = await runSimplizeDoctor(createClient(sandbox).connection, { extras: { detect: true } });
	const found = [...report.checks, ...report.rows].find(({ id }) => id === row);
	const [verdict, words] = values[value] ?? [];
	expect(found?.verdict).toBe(verdict);
	expect(`${found?.evidence} ${found?.option}`.trim()).toMatch(words as RegExp);
	const wrong = [...report.checks, ...report.rows].filter((other) =>
		['otherwise', 'attention'].includes(other.verdict),
	);
	expect(wrong.map(({ id }) => id).filter((id) => id !== row && !also.includes(id))).toEqual([]);
	expect(report.requests).toBeLessThanOrEqual(60);
});

it('tries no other way to sign unless a person asked for it', async () => {
	const sandbox = await start({ quirks: { signatureEncoding: 'base64' } });
	const report = await runSimplizeDoctor(createClient(sandbox).connection);
	// The first, and once more with a longer window.
	expect(sandbox.simplize.calls.list()).toHaveLength(2);
	expect(report.exitCode).toBe(1);
	expect(report.rows.find(({ id }) => id === 'signatureEncoding')?.evidence).toContain('--detect');
});

it('calls nothing all right if requests with a body are refused, and tells how to find the way', async () => {
	const sandbox = await start({ quirks: { signaturePayload: 'query&body' } });
	const report = await runSimplizeDoctor(createClient(sandbox).connection);
	expect(report.exitCode).toBe(1);
	const row = report.rows.find(({ id }) => id === 'signaturePayload');
	expect(row).toMatchObject({ verdict: 'otherwise', todo: 'set', option: '' });
	expect(row?.evidence).toBe('requests with a body are refused (HTTP 401, status 401)');
	expect(row?.consequence).toContain('Signing: Detect');
});

it('tells to set the default again if another way is set and refused', async () => {
	const sandbox = await start({});
	const profile = { payload: 'body', encoding: 'hex' } as const;
	const report = await runSimplizeDoctor(createClient(sandbox, { profile }).connection, {
		extras: { detect: true, profile },
	});
	expect(report.exitCode).toBe(1);
	expect(report.rows.find(({ id }) => id === 'signaturePayload')?.option).toBe('Signature Payload: query+body');
});
