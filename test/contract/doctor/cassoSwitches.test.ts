/** Every switch of the sandbox's Casso, in each of its values: the doctor says what is on, and calls nothing else wrong. */
import { CASSO_MORE, runCassoDoctor, type CassoExtras, type Report } from '@saoke/core/doctor';
import { startSandbox, type CassoQuirks, type Sandbox } from '@saoke/sandbox';
import { defaultQuirks, QUIRK_CHOICES } from '../../../packages/sandbox/src/casso/quirks';
import { connectTo } from '../harness/casso';
import { listen, type Listener } from './listener';

interface Expected {
	/** Row or check that tells. */
	row: string;
	/** What the run needs beyond reading. */
	needs?: 'write' | 'sync' | 'deliveries';
	/** By value of the switch: the verdict, and words of the evidence. */
	values: Record<string, readonly [verdict: string, evidence: RegExp]>;
	/** Rows that cannot be as assumed either. */
	also?: readonly string[];
}

const SWITCHES: Record<keyof CassoQuirks, Expected | { reason: string }> = {
	balanceSpelling: {
		row: 'balanceSpelling',
		values: { cusumBalance: ['as assumed', /cusumBalance/], cusum_balance: ['otherwise', /cusum_balance/] },
	},
	balanceValue: {
		row: 'balanceValue',
		values: { number: ['as assumed', /all/], null: ['otherwise', /null/], missing: ['otherwise', /missing/] },
	},
	recordForm: {
		row: 'recordFields',
		values: { full: ['as assumed', /by both/], minimal: ['otherwise', /name no account/] },
		also: ['whenForm', 'bookingDate', 'unknownText', 'bankTimes'],
	},
	bookingDate: {
		row: 'bookingDate',
		values: { present: ['as assumed', /all/], null: ['otherwise', /null/], missing: ['otherwise', /missing/] },
	},
	whenForm: {
		row: 'whenForm',
		values: { dateTime: ['as assumed', /all/], date: ['otherwise', /a day only/] },
		also: ['bankTimes'],
	},
	unknownText: {
		row: 'unknownText',
		values: { empty: ['as assumed', /empty/], null: ['otherwise', /null/] },
	},
	pageEnd: {
		row: 'pageEnds',
		values: { null: ['as assumed', /null/], zero: ['otherwise', /^0$/], missing: ['otherwise', /missing/] },
	},
	listForm: {
		row: 'listForm',
		values: { paging: ['as assumed', /object/], array: ['otherwise', /bare list/] },
	},
	totals: {
		row: 'totals',
		values: {
			exact: ['as assumed', /right/],
			tooHigh: ['otherwise', /higher/],
			tooLow: ['otherwise', /lower/],
			zero: ['otherwise', /lower/],
			missing: ['otherwise', /missing/],
		},
	},
	pageNumbers: {
		row: 'pageNumbers',
		values: { number: ['as assumed', /numbers/], string: ['otherwise', /text/] },
	},
	pastEnd: {
		row: 'pastEnd',
		values: { empty: ['as assumed', /no rows/], lastPage: ['otherwise', /rows/] },
	},
	badQuery: {
		row: 'badQuery',
		values: { reject: ['as assumed', /refused/], default: ['otherwise', /as if no day/] },
	},
	errorStatus: {
		row: 'errorStatus',
		values: { http: ['as assumed', /400 or above/], always200: ['otherwise', /below 400/] },
		also: ['unknownTransaction', 'unknownAccount'],
	},
	zTimes: {
		row: 'zTimes',
		values: { vietnam: ['as assumed', /same hour/], utc: ['otherwise', /is before `transactionDate`|seven hours/] },
	},
	privateId: {
		row: 'privateId',
		values: { equal: ['as assumed', /equal/], different: ['otherwise', /different/] },
	},
	bankTimes: {
		row: 'bankTimes',
		values: { full: ['as assumed', /time of day/], dateOnly: ['otherwise', /a day only/] },
	},
	syncData: {
		row: 'syncAnswer',
		needs: 'sync',
		values: { null: ['as assumed', /null/], list: ['otherwise', /list/], object: ['otherwise', /object/] },
	},
	userInfoForm: {
		row: 'userInfoForm',
		values: { live: ['as assumed', /those/], documented: ['otherwise', /documented/] },
	},
	bin: {
		row: 'bin',
		values: { number: ['as assumed', /number/], string: ['otherwise', /text/], empty: ['otherwise', /empty/] },
	},
	transactionDetail: {
		row: 'transactionDetail',
		values: { object: ['as assumed', /object/], array: ['otherwise', /list/], null: ['otherwise', /not the record/] },
	},
	unknownTransaction: {
		row: 'unknownTransaction',
		values: { notFound: ['as assumed', /404/], null: ['otherwise', /null/], emptyArray: ['otherwise', /empty list/] },
	},
	createdStatus: {
		row: 'createdStatus',
		needs: 'write',
		values: { 200: ['as assumed', /200/], 201: ['as assumed', /201/] },
	},
	deleteByIdBody: {
		row: 'deleteById',
		needs: 'write',
		values: {
			webhook: ['as assumed', /an object/],
			null: ['as assumed', /null/],
			emptyBody: ['as assumed', /empty body/],
		},
	},
	deleteByUrlBody: {
		row: 'deleteByUrl',
		needs: 'write',
		values: { list: ['as assumed', /a list/], null: ['as assumed', /null/], emptyBody: ['as assumed', /empty body/] },
	},
	webhookNotExistsStatus: {
		row: 'webhookNotExists',
		needs: 'write',
		values: { 200: ['as assumed', /200/], 404: ['as assumed', /404/], 400: ['as assumed', /400/] },
	},
	param2: {
		row: 'param2',
		needs: 'write',
		values: { empty: ['as assumed', /empty/], token: ['otherwise', /the token/] },
	},
	duplicateWebhook: {
		row: 'duplicateWebhook',
		needs: 'write',
		values: { second: ['as assumed', /second/], reject: ['otherwise', /refused/] },
	},
	legacyWhen: {
		row: 'legacyWhen',
		needs: 'deliveries',
		values: { dateTime: ['as assumed', /all/], date: ['otherwise', /a day only/] },
	},
	legacyKeys: {
		row: 'legacyKeys',
		needs: 'deliveries',
		values: { full: ['as assumed', /those/], minimal: ['otherwise', /older/] },
	},
	extraKeys: {
		row: 'extraKeys',
		values: { none: ['as assumed', /none/], some: ['otherwise', /one more field/] },
	},
	maxPageSize: {
		row: 'pageSize',
		values: {
			null: ['as assumed', /all \d+ rows/],
			100: ['as assumed', /at most 100/],
			20: ['otherwise', /at most 20/],
		},
	},
	defaultDays: {
		row: 'defaultDays',
		values: {
			7: ['as assumed', /comes/],
			0: ['otherwise', /fewer/],
			3: ['otherwise', /fewer/],
			30: ['otherwise', /at least (2|3)\d days/],
		},
	},
	latencyMs: {
		row: 'latency',
		values: { 0: ['all right', /ms/], 40: ['all right', /^([4-9]\d|\d{3,}) ms usually/] },
	},
	syncCooldownMs: {
		row: 'syncCooldown',
		needs: 'sync',
		values: { 0: ['as assumed', /accepted/], 60000: ['as assumed', /refused/] },
	},
	syncDelayMs: { reason: 'how long a sync takes depends on the bank, and nothing in the nodes waits for it' },
	legacyBatchSize: {
		row: 'legacyBatch',
		needs: 'deliveries',
		values: { 1: ['cannot tell', /each held one/], 5: ['as assumed', /up to 3/] },
	},
};

/** What only the command line asks by reading. */
const DETAILS = new Set(CASSO_MORE.probes.filter(({ needs }) => needs === undefined).map(({ id }) => id));

let sandbox: Sandbox;
let listener: Listener;

beforeAll(async () => {
	sandbox = await startSandbox({ seed: 5 });
	listener = await listen();
});
beforeEach(() => {
	sandbox.casso.reset();
	listener.received = [];
});
afterAll(async () => {
	await listener.close();
	await sandbox.close();
});

const NAMES = Object.keys(defaultQuirks()) as Array<keyof CassoQuirks>;

it('knows every switch, and every value of each', () => {
	expect(Object.keys(SWITCHES).sort()).toEqual([...NAMES].sort());
	for (const [name, values] of Object.entries(QUIRK_CHOICES)) {
		const expected = SWITCHES[name as keyof CassoQuirks];
		if (!('reason' in expected))
			expect(Object.keys(expected.values).sort()).toEqual(values.map((value) => String(value)).sort());
	}
});

const CASES = NAMES.flatMap((name) => {
	const expected = SWITCHES[name];
	return 'reason' in expected ? [] : Object.keys(expected.values).map((value) => [name, value, expected] as const);
});

it.each(CASES)('%s: %s', async (name, value, { row, needs, values, also = [] }) => {
	sandbox.casso.quirks.set({ [name]: toValue(value, defaultQuirks()[name]) });
	const report = await run(needs);
	const found = [...report.checks, ...report.rows].find(({ id }) => id === row);
	const [verdict, evidence] = values[value] ?? [];
	expect(found).toMatchObject({ verdict, evidence: expect.stringMatching(evidence ?? '') as string });
	const wrong = [...report.checks, ...report.rows].filter((other) =>
		['otherwise', 'attention'].includes(other.verdict),
	);
	expect(wrong.map(({ id }) => id).filter((id) => id !== row && !also.includes(id))).toEqual([]);
	// It would be missing in n8n and Node-RED.
	expect(report.rows.filter(({ id, todo }) => DETAILS.has(id) && todo !== 'nothing')).toEqual([]);
	expect(report.requests).toBeLessThanOrEqual(60);
	expect(sandbox.casso.webhooks.list().filter(({ url }) => url.includes('saoke-doctor'))).toEqual([]);
});

/** A value as it is a key of the table; some switches have numbers, and null for "off". */
function toValue(text: string, usual: unknown): unknown {
	if (text === 'null' && usual === null) return null;
	return /^\d+$/.test(text) ? Number(text) : text;
}

async function run(needs: Expected['needs']): Promise<Report> {
	const extras: CassoExtras = {
		...(needs === 'write' && { write: { address: 'https://saoke-doctor-1.invalid/', token: 'a-token-of-the-test' } }),
		...(needs === 'sync' && { sync: true }),
		...(needs === 'deliveries' && { listen: deliver, secrets: { secureToken: 'token-of-the-shop' } }),
	};
	return await runCassoDoctor(connectTo(sandbox), { more: CASSO_MORE, extras });
}

async function deliver(): Promise<Listener['received']> {
	const { casso } = sandbox;
	await casso.webhooks.createByDashboard({
		url: `${listener.url}/hook`,
		dialect: 'legacy',
		secret: 'token-of-the-shop',
	});
	casso.addTransactions([1, 2, 3].map((place) => ({ amount: place * 10_000, memo: `DH${place}` })));
	await casso.whenIdle();
	return listener.received;
}
