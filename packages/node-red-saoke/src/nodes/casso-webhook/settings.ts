/** Settings and secrets of a `casso-webhook` node. */
import {
	makeTransactionFilter,
	ParameterError,
	readAccountNumbers,
	readNumberOption,
	type TransactionFilter,
	type WebhookSecrets,
} from '@saoke/core';
import { optionalCodePattern, type CodePattern } from '@saoke/core/payment';
import { getCredential } from '../../host/configured';
import type { HostNode, NodeProperties, NodeRed } from '../../host/nodeRed';

export interface CassoWebhookProperties extends NodeProperties {
	path?: string;
	dialects?: string;
	direction?: string;
	accountNumbers?: string;
	/** Minutes; empty takes a signature of any age. */
	replayWindow?: string;
	output?: string;
	/** Pattern of payment codes; empty for none. */
	paymentCode?: string;
	secondOutput?: boolean;
	register?: boolean;
	casso?: string;
	publicUrl?: string;
}

export interface WebhookSettings {
	path: string | undefined;
	accepts: { signed: boolean; token: boolean };
	filter: TransactionFilter;
	isIncomeOnly: boolean;
	replayWindowMs: number | undefined;
	output: string | undefined;
	/** Undefined adds no payment code. */
	codePattern: CodePattern | undefined;
	/** Whether refused deliveries and test calls leave by the second output. */
	hasSecondOutput: boolean;
	/** Whether the node registers itself with Casso. */
	isRegistered: boolean;
	casso: string | undefined;
	publicUrl: string;
}

const MINUTE_MS = 60_000;

/**
 * @throws ParameterError for a window that is no number of minutes, a pattern of payment codes that cannot be meant, or
 *         a registration without deliveries that send a token
 */
export function readSettings(properties: CassoWebhookProperties): WebhookSettings {
	const { dialects, direction } = properties;
	const minutes = readNumberOption('replayWindowMinutes', properties.replayWindow, 'replayWindow');
	return {
		path: properties.path,
		accepts: { signed: dialects !== 'legacy', token: dialects === 'legacy' || dialects === 'both' },
		filter: makeTransactionFilter({
			direction: direction === 'in' || direction === 'out' ? direction : 'any',
			accountNumbers: readAccountNumbers(properties.accountNumbers),
		}),
		isIncomeOnly: direction === 'in',
		replayWindowMs: minutes === undefined ? undefined : minutes * MINUTE_MS,
		output: properties.output,
		codePattern: optionalCodePattern(properties.paymentCode),
		hasSecondOutput: properties.secondOutput === true,
		isRegistered: checkRegister(properties),
		casso: properties.casso,
		publicUrl: (properties.publicUrl ?? '').trim(),
	};
}

function checkRegister({ register, dialects }: CassoWebhookProperties): boolean {
	if (register !== true || dialects === 'legacy' || dialects === 'both') return register === true;
	throw new ParameterError(
		'register',
		'Casso registers only webhooks that send a token, and this node accepts signed deliveries alone',
		'Choose deliveries with a token, or both, under "Accept", or enter the address in Casso\'s dashboard yourself.',
	);
}

export interface NodeSecrets {
	secrets: WebhookSecrets;
	hasAny: boolean;
}

/**
 * Only the secrets of the dialects that are accepted: a key never serves as a token.
 *
 * @throws UnsetError when one of them comes from a variable that is not set
 */
export function readSecrets(RED: NodeRed, node: HostNode, { accepts }: WebhookSettings): NodeSecrets {
	const secret = (name: string, isAccepted: boolean): string | undefined =>
		isAccepted ? getCredential(RED, node, name)?.trim() : undefined;
	const secrets: WebhookSecrets = {
		securityKey: secret('securityKey', accepts.signed),
		previousSecurityKey: secret('previousSecurityKey', accepts.signed),
		secureToken: secret('secureToken', accepts.token),
		previousSecureToken: secret('previousSecureToken', accepts.token),
	};
	return { secrets, hasAny: Object.values(secrets).some((value) => value !== undefined) };
}
