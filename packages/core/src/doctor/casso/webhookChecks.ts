/** Checks of webhooks, for the command line: which there are, the address that Casso is to call, and what comes to it. */
import { findAddressProblem } from '../../casso/webhook/address';
import { asObject, firstText } from '../../json';
import { allRight, attention, CannotTell, cannotTell, defineChecks, type Finding, NEEDS } from '../report';
import { type CassoFacts, describeAnswer } from './facts';
import { readDeliveries } from './received';

export const WEBHOOK_CHECKS = defineChecks<CassoFacts>([
	{
		id: 'webhooks',
		question: 'Which webhooks are registered, and do they work?',
		judge: judgeWebhooks,
	},
	{
		id: 'webhookAddress',
		question: 'Can Casso reach the address of the webhook?',
		judge: ({ extras }) => judgeAddress(extras.webhookUrl, extras.isWebhookReached),
	},
	{
		id: 'deliveries',
		question: 'Do deliveries come, and are they authentic?',
		judge: async (facts) => {
			if (!facts.extras.listen) return cannotTell(NEEDS.deliveries);
			const all = await readDeliveries(facts);
			if (all.length === 0) return cannotTell('none came in that time: press Gọi thử, or make a transfer');
			const refused = all.filter(({ verdict }) => !verdict.isAuthentic).length;
			if (refused === 0) return allRight(`${all.length} came, all authentic`);
			return attention(
				`${refused} of ${all.length} were refused`,
				'Check CASSO_SECURITY_KEY or CASSO_SECURE_TOKEN. If it is right, a stranger calls, or Casso signs in another way.',
			);
		},
	},
]);

/** Casso documents no call that lists webhooks; if there is one, it is used. */
async function judgeWebhooks(facts: CassoFacts): Promise<Finding> {
	const answer = await facts.get('/webhooks');
	const list = Array.isArray(answer.data) ? answer.data : asObject(answer.data)?.records;
	if (!answer.isSuccess || !Array.isArray(list))
		return cannotTell(`Casso has no call that lists them (${describeAnswer(answer)}): look into its dashboard`);
	const webhooks = list.map(asObject).filter((webhook) => webhook !== undefined);
	const own = facts.extras.webhookUrl;
	const isOwn = (webhook: Record<string, unknown>): boolean => firstText(webhook, ['param1', 'webhook', 'url']) === own;
	const whose = own === undefined ? '' : `, ${webhooks.filter(isOwn).length} with the given address`;
	const states = webhooks.map((webhook) => firstText(webhook, ['status', 'state']).toUpperCase());
	const stopped = states.filter((state) => /PAUSE|DISABLE|INACTIVE/.test(state)).length;
	const seen = `${webhooks.length} registered${whose}`;
	if (stopped === 0) return allRight(states.some(Boolean) ? `${seen}, none paused` : `${seen}; no state is told`);
	return attention(
		`${seen}, ${stopped} paused or disabled`,
		'Switch them on again in Casso; what they missed is not sent again: read it by polling.',
	);
}

function judgeAddress(url: string | undefined, isReached: boolean | undefined): Finding {
	if (url === undefined) return cannotTell('no address was given');
	let problem: ReturnType<typeof findAddressProblem>;
	try {
		problem = findAddressProblem(url);
	} catch {
		throw new CannotTell('it is no web address');
	}
	if (problem === 'notPublic')
		return attention('it is an address of this machine or of a private network', 'Use a public address or a tunnel.');
	if (problem === 'notHttps') return attention('it does not begin with https://', 'Use https.');
	if (isReached === false)
		return attention(
			'a request from this machine to it did not arrive',
			'Check the tunnel or proxy, and that it leads to the port that the doctor listens on.',
		);
	return isReached
		? allRight('a request from this machine arrived by it')
		: cannotTell('it looks public; nobody tried it');
}
