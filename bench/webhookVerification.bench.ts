/**
 * What verifying a signed delivery of 1 kB costs, against the bare work that cannot be avoided: parse the JSON, write it
 * sorted and compact, HMAC-SHA512, compare. The bare work is written here, apart from the verifier, and checks nothing.
 */
import { createHmac } from 'node:crypto';
import { Bench } from 'tinybench';
import { verifyWebhook } from '@saoke/core';
import type { BenchResult } from './result';

const KEY = 'mgExMrjj4i7a1p8Cs6LmFbpCd8lbw4sSX4LZXPag7TKazeIogtR90tvWYTkwQbvs';
const T = '1727948258788';
const BODY_BYTES = 1_024;
const GOAL = 1.3;
const ROUNDS = 9;
const ROUND_MS = 250;

/** One transaction as Casso sends it, with Vietnamese text, filled up to 1 kB. */
function makeBody(): Buffer {
	const data = {
		id: 5789,
		reference: 'FT24277001',
		description: '',
		amount: 599_000,
		runningBalance: 25_000_000,
		transactionDateTime: '2024-10-03 15:06:37',
		accountNumber: '0071000888888',
		bankName: 'Ngân hàng TMCP Quân đội',
		bankAbbreviation: 'MB',
		virtualAccountNumber: '',
		virtualAccountName: '',
		counterAccountName: 'NGUYEN THI DAO',
		counterAccountNumber: '8888888888',
		counterAccountBankId: '970415',
		counterAccountBankName: 'VietinBank',
	};
	const length = (): number => Buffer.byteLength(JSON.stringify({ error: 0, data }));
	data.description = 'DH1024 thanh toán / đơn hàng. ';
	data.description += 'x'.repeat(BODY_BYTES - length());
	return Buffer.from(JSON.stringify({ error: 0, data }));
}

type Value = null | boolean | number | string | Value[] | { [key: string]: Value };

function sorted(value: Value): Value {
	if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
	return Object.fromEntries(
		Object.keys(value)
			.sort()
			.map((key) => [key, sorted(value[key] ?? null)]),
	);
}

function bareWork(body: Buffer, v1: string): boolean {
	const text = JSON.stringify(sorted(JSON.parse(body.toString('utf8')) as Value));
	return createHmac('sha512', KEY).update(`${T}.${text}`).digest('hex') === v1;
}

export async function run(): Promise<BenchResult[]> {
	const body = makeBody();
	const v1 = createHmac('sha512', KEY)
		.update(`${T}.${JSON.stringify(sorted(JSON.parse(body.toString('utf8')) as Value))}`)
		.digest('hex');
	const headers = {
		'content-type': 'application/json',
		'content-length': '1024',
		host: 'n8n.example.com',
		'x-casso-signature': `t=${T},v1=${v1}`,
	};
	const ours = (): boolean => verifyWebhook(headers, body, { securityKey: KEY }, { nowMs: 0 }).isAuthentic;
	const peer = (): boolean => bareWork(body, v1);
	if (!ours() || !peer()) throw new Error('One of the two does not take the delivery');
	const rounds: { ours: number; peer: number }[] = [];
	// Rounds in turn, so that a busy machine slows both; the first one warms up.
	for (let round = 0; round <= ROUNDS; round++) {
		const bench = new Bench({ time: ROUND_MS, warmup: round === 0 });
		bench.add('peer', () => void peer()).add('ours', () => void ours());
		await bench.run();
		const [peerUs = NaN, oursUs = NaN] = bench.tasks.map(({ result }) =>
			'latency' in result ? result.latency.p50 * 1_000 : NaN,
		);
		if (round > 0) rounds.push({ ours: oursUs, peer: peerUs });
	}
	const middle = rounds.sort((a, b) => a.ours / a.peer - b.ours / b.peer)[Math.floor(ROUNDS / 2)] ?? {
		ours: NaN,
		peer: NaN,
	};
	const ratio = middle.ours / middle.peer;
	return [
		{
			name: 'verify a signed delivery of 1 kB',
			...middle,
			unit: 'µs',
			ratio,
			goal: `at most ${GOAL}`,
			pass: ratio <= GOAL,
		},
	];
}
