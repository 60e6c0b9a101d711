/** What came to the listener, checked and read. */
import { parseDelivery, type DeliveredTransaction } from '../../casso/webhook/parse';
import { parseSignatureHeader } from '../../casso/webhook/signature';
import { verifyWebhook, type Verification } from '../../casso/webhook/verify';
import { CannotTell } from '../report';
import type { CassoFacts, ReceivedDelivery } from './facts';

interface OpenDelivery extends ReceivedDelivery {
	verdict: Verification;
	isSigned: boolean;
	/** Unix time in ms at which it was signed. */
	signedAtMs: number | undefined;
	transactions: DeliveredTransaction[];
}

/** What came to the listener, waited for once. */
export async function readDeliveries(facts: CassoFacts): Promise<OpenDelivery[]> {
	const { listen, secrets, write } = facts.extras;
	return await facts.once('deliveries', async () =>
		((await listen?.()) ?? []).map((delivery) =>
			// The doctor's own webhook has its own token.
			open(delivery, delivery.isOwn ? { ...secrets, secureToken: write?.token } : (secrets ?? {})),
		),
	);
}

function open(delivery: ReceivedDelivery, secrets: NonNullable<CassoFacts['extras']['secrets']>): OpenDelivery {
	const { headers, body, atMs } = delivery;
	const verdict = verifyWebhook(headers, body, secrets, { nowMs: atMs, allowLegacy: true });
	const header = headers['x-casso-signature'];
	const t = typeof header === 'string' ? parseSignatureHeader(header)?.t : undefined;
	const content = verdict.isAuthentic ? parseDelivery(verdict.body) : undefined;
	return {
		...delivery,
		verdict,
		isSigned: header !== undefined,
		signedAtMs: t === undefined ? undefined : Number(t),
		transactions: content?.kind === 'transactions' ? content.transactions : [],
	};
}

/** @throws CannotTell if none came */
export async function readSome(facts: CassoFacts): Promise<OpenDelivery[]> {
	const all = await readDeliveries(facts);
	if (all.length === 0) throw new CannotTell('no delivery came');
	return all;
}

type Delivered = { raw: Record<string, unknown>; id: string; atMs: number; isSigned: boolean };

/** Real transactions of authentic deliveries; test calls do not count. */
export async function readTransactions(facts: CassoFacts): Promise<Delivered[]> {
	const all = await readSome(facts);
	const found = all.flatMap(({ transactions, atMs, isSigned }) =>
		transactions
			.filter(({ isTest, ownId }) => !isTest && ownId !== undefined)
			.map(({ raw, ownId = '' }) => ({ raw, id: ownId, atMs, isSigned })),
	);
	if (found.length === 0) throw new CannotTell('no delivery held a real transaction');
	return found;
}

export async function readLegacy(facts: CassoFacts): Promise<Delivered[]> {
	const legacy = (await readTransactions(facts)).filter(({ isSigned }) => !isSigned);
	if (legacy.length === 0) throw new CannotTell('no legacy delivery came');
	return legacy;
}

interface Repeats {
	id: string;
	first: OpenDelivery;
	/** Between one attempt and the next. */
	gapsMs: number[];
	/** When each signed attempt was signed. */
	times: number[];
}

/** Deliveries by the first transaction in them, in order of the first attempt. */
export async function readRepeats(facts: CassoFacts): Promise<Repeats[]> {
	const groups = new Map<string, OpenDelivery[]>();
	for (const delivery of await readSome(facts)) {
		const id = delivery.transactions.find(({ isTest }) => !isTest)?.ownId;
		if (id !== undefined) groups.set(id, [...(groups.get(id) ?? []), delivery]);
	}
	return [...groups].map(([id, attempts]) => ({
		id,
		first: attempts[0] as OpenDelivery,
		gapsMs: attempts.slice(1).map(({ atMs }, place) => atMs - (attempts[place]?.atMs ?? atMs)),
		times: attempts.map(({ signedAtMs }) => signedAtMs).filter((time) => time !== undefined),
	}));
}
