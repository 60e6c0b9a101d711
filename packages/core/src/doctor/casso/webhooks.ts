/** Probes that write: a sync, and a webhook of the doctor's own, which it removes again whatever happens. */
import { asNumber, asObject, asText } from '../../json';
import { ADAPTS, asAssumed, CannotTell, cannotTell, defineProbes, type Finding, otherwise } from '../report';
import { type CassoAnswer, type CassoFacts, describeAnswer } from './facts';
import { readDeliveries } from './received';

const WEBHOOK_NOT_EXISTS = 12;

/** What became of the doctor's own webhook; undefined for what was not reached. */
interface WebhookTrial {
	/** Deleting by an address that nobody registered. */
	deletedNothing: CassoAnswer;
	created: CassoAnswer;
	read?: CassoAnswer;
	deletedById?: CassoAnswer;
	/** The same address twice. */
	again?: CassoAnswer;
	twice?: CassoAnswer;
	deletedByUrl?: CassoAnswer;
	/** True if it is sure that nothing is left. */
	isRemoved: boolean;
}

export const WRITE_PROBES = defineProbes<CassoFacts>([
	{
		id: 'webhookNotExists',
		question: 'the status with "Webhook not exists"',
		assumed: 'any, with `error` 12',
		ifWrong: ADAPTS,
		how: 'deleting by an address that nobody registered',
		needs: 'write',
		judge: async (facts) => {
			const { deletedNothing } = await getTrial(facts);
			const seen = describeAnswer(deletedNothing);
			return deletedNothing.error === WEBHOOK_NOT_EXISTS ? asAssumed(seen) : otherwise(seen);
		},
	},
	{
		id: 'createdStatus',
		question: 'the status of a new webhook',
		assumed: '200 or 201',
		ifWrong: 'a webhook cannot be registered automatically',
		option: 'Webhook Setup: Manual',
		how: 'registering a webhook',
		needs: 'write',
		judge: async (facts) => {
			const { created } = await getTrial(facts);
			if (getId(created) !== null) return asAssumed(describeAnswer(created));
			const consequence = created.isSuccess ? undefined : 'The address may be at fault: give one with --deliveries.';
			return otherwise(`none was made (${describeAnswer(created)})`, { ...(consequence && { consequence }) });
		},
	},
	{
		id: 'duplicateWebhook',
		question: 'what registering an address twice does',
		assumed: 'it makes a second webhook, so that the nodes delete by the address first',
		ifWrong: `${ADAPTS}: they delete by the address first`,
		how: 'registering an address twice',
		needs: 'write',
		judge: async (facts) => {
			const { again, twice } = await getTrial(facts);
			if (!again || !twice || getId(again) === null) return cannotTell('no webhook was made');
			if (!twice.isSuccess) return otherwise(`it is refused (${describeAnswer(twice)})`);
			return getId(twice) === getId(again) ? otherwise('the same webhook again') : asAssumed('a second webhook');
		},
	},
	{
		id: 'param2',
		question: 'whether `param2` is the token',
		assumed: 'empty',
		ifWrong: `${ADAPTS}: it is masked`,
		how: 'reading the webhook that was made',
		needs: 'write',
		judge: async (facts) => {
			const { read, created } = await getTrial(facts);
			const value = asText(toWebhook(read?.isSuccess ? read : created)?.param2);
			if (getId(created) === null) return cannotTell('no webhook was made');
			if (value === '') return asAssumed('empty');
			return otherwise(value === facts.extras.write?.token ? 'the token' : 'another text');
		},
	},
	{
		id: 'deleteById',
		question: 'the answer to deleting a webhook by its ID',
		assumed: 'any success',
		ifWrong: `${ADAPTS}: they delete by the address too`,
		how: 'deleting the webhook that was made',
		needs: 'write',
		judge: async (facts) => describeDelete((await getTrial(facts)).deletedById),
	},
	{
		id: 'deleteByUrl',
		question: 'the answer to deleting webhooks by their address',
		assumed: 'any success',
		ifWrong: 'a webhook stays when a workflow is switched off: delete it in Casso',
		option: 'Webhook Setup: Manual',
		how: 'deleting the webhooks that were made',
		needs: 'write',
		judge: async (facts) => describeDelete((await getTrial(facts)).deletedByUrl),
	},
	{
		id: 'removed',
		question: "whether the doctor's own webhook is gone",
		assumed: 'it is',
		ifWrong: "delete the webhook whose address has `saoke-doctor` in Casso's dashboard",
		option: 'Webhook: Delete',
		how: 'deleting once more',
		needs: 'write',
		judge: async (facts) => ((await getTrial(facts)).isRemoved ? asAssumed('nothing is left') : otherwise('not sure')),
	},
	{
		id: 'syncAnswer',
		question: 'what a sync answers',
		assumed: 'null',
		ifWrong: `${ADAPTS}: it is passed on as it comes`,
		how: 'a sync of one account',
		needs: 'sync',
		judge: async (facts) => {
			const [first] = await getSyncs(facts);
			if (!first.isSuccess)
				return otherwise(`it was refused (${describeAnswer(first)})`, { option: 'Sync Before Reading: off' });
			return describeForm(first.data) === 'null' ? asAssumed('null') : otherwise(describeForm(first.data));
		},
	},
	{
		id: 'syncCooldown',
		question: 'how often a sync is allowed',
		assumed: 'once a minute for an account',
		ifWrong: 'leave it off (default): new transactions arrive anyway, later',
		option: 'Sync Before Reading: off',
		how: 'a second sync of the account at once',
		needs: 'sync',
		judge: async (facts) => {
			const [first, second] = await getSyncs(facts);
			if (!first.isSuccess) return cannotTell('the first was refused');
			if (second.isSuccess) return asAssumed('a second at once is accepted');
			const seconds = Number(second.headers['retry-after']);
			const pause = seconds > 0 ? `, with a pause of ${seconds} s` : '';
			const seen = `a second at once is refused (${describeAnswer(second)}${pause})`;
			return seconds > 60 ? otherwise(seen) : asAssumed(seen);
		},
	},
]);

async function getTrial(facts: CassoFacts): Promise<WebhookTrial> {
	return await facts.once('webhook trial', async () => await tryWebhook(facts));
}

/** Makes webhooks at an address that nobody else uses, and deletes them, also after a failure or the end of the run. */
async function tryWebhook(facts: CassoFacts): Promise<WebhookTrial> {
	const { write } = facts.extras;
	if (!write) throw new CannotTell('writing was not allowed');
	const { address, token } = write;
	const create = async (): Promise<CassoAnswer> =>
		await facts.call({
			method: 'POST',
			path: '/webhooks',
			body: { webhook: address, secure_token: token, income_only: true },
		});
	const deleteByUrl = async (isUndo = false): Promise<CassoAnswer> =>
		await facts.call({ method: 'DELETE', path: '/webhooks', query: { webhook: address } }, isUndo);
	const deletedNothing = await deleteByUrl();
	const trial: Partial<WebhookTrial> = {};
	try {
		trial.created = await create();
		const id = getId(trial.created);
		if (id !== null) {
			trial.read = await facts.call({ method: 'GET', path: `/webhooks/${id}` });
			if (facts.extras.listen) await readDeliveries(facts);
			trial.deletedById = await facts.call({ method: 'DELETE', path: `/webhooks/${id}` });
			trial.again = await create();
			trial.twice = await create();
			trial.deletedByUrl = await deleteByUrl();
		}
	} catch (error) {
		if (!(error instanceof CannotTell)) throw error;
	} finally {
		trial.isRemoved = await isGone(async () => await deleteByUrl(true));
	}
	if (!trial.created) throw new CannotTell('no answer came to the new webhook');
	return { ...trial, deletedNothing, created: trial.created, isRemoved: trial.isRemoved };
}

/** Deletes until there is nothing left to delete. */
async function isGone(remove: () => Promise<CassoAnswer>): Promise<boolean> {
	for (let attempt = 0; attempt < 3; attempt++) {
		const answer = await remove().catch(() => undefined);
		if (answer && (answer.error === WEBHOOK_NOT_EXISTS || answer.status === 404)) return true;
	}
	return false;
}

function toWebhook(answer: CassoAnswer): Record<string, unknown> | undefined {
	return asObject(Array.isArray(answer.data) ? answer.data[0] : answer.data);
}

function getId(answer: CassoAnswer): number | null {
	const id = answer.isSuccess ? asNumber(toWebhook(answer)?.id) : null;
	return id !== null && Number.isSafeInteger(id) && id >= 0 ? id : null;
}

function describeForm(data: unknown): string {
	if (data === null || data === undefined) return 'null';
	return Array.isArray(data) ? 'a list' : typeof data === 'object' ? 'an object' : 'another value';
}

function describeDelete(answer: CassoAnswer | undefined): Finding {
	if (!answer) return cannotTell('no webhook was made');
	if (!answer.isSuccess) return otherwise(`it was refused (${describeAnswer(answer)})`);
	return asAssumed(answer.body.trim() === '' ? 'an empty body' : describeForm(answer.data));
}

/** Two syncs of one connected account, one right after the other. */
async function getSyncs(facts: CassoFacts): Promise<[CassoAnswer, CassoAnswer]> {
	return await facts.once('syncs', async () => {
		const connected = (await facts.accounts()).filter(({ raw }) => asNumber(raw.connectStatus) !== 0);
		const accountNumber = connected.find((account) => account.accountNumber !== '')?.accountNumber;
		if (accountNumber === undefined) throw new CannotTell('no account is connected');
		const sync = async (): Promise<CassoAnswer> =>
			await facts.call({ method: 'POST', path: '/sync', body: { bank_acc_id: accountNumber } });
		return [await sync(), await sync()];
	});
}
