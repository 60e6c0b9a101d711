/** The trigger's parameters, read and checked. What makes no sense fails when the workflow is published. */
import type { TransactionFilter } from '@saoke/core/casso';
import { readNumberOption } from '@saoke/core/common';
import { optionalCodePattern, type CodePattern } from '@saoke/core/payment';
import { choice, readTriggerCollection } from '@saoke/n8n-kit';
import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { readDirection, toTransactionFilter } from '../shared/filters';

type Context = IHookFunctions | IWebhookFunctions;

type RegistrationMode = 'automatic' | 'manual';

/** What decides whether a delivery is authentic. */
export interface VerifySettings {
	registration: RegistrationMode;
	allowLegacy: boolean;
	/** In ms; undefined takes any age. n8n hides the option where deliveries carry no time. */
	replayWindowMs: number | undefined;
}

/** What decides what an authentic delivery starts. */
export interface OutputSettings {
	direction: 'any' | 'in' | 'out';
	filter: TransactionFilter;
	areTestCallsPassed: boolean;
	isRaw: boolean;
	ignoreRepeats: boolean;
	groupDeliveries: boolean;
	/** Undefined if no payment code is looked for. */
	codePattern: CodePattern | undefined;
}

const MINUTE_MS = 60_000;

/** @throws ParameterError for an option that makes no sense */
export function readVerifySettings(context: Context): VerifySettings {
	const registration = choice(
		context.getNodeParameter('registration', 'automatic'),
		['automatic', 'manual'],
		'registration',
	);
	const options = readTriggerCollection(context, 'options');
	const minutes = readNumberOption('replayWindowMinutes', options.replayWindowMinutes);
	return {
		registration,
		allowLegacy: registration === 'automatic' || options.allowLegacy === true,
		replayWindowMs: minutes === undefined ? undefined : minutes * MINUTE_MS,
	};
}

/** @throws ParameterError for a filter or option that makes no sense */
export function readOutputSettings(context: Context): OutputSettings {
	const filters = readTriggerCollection(context, 'filters');
	const options = readTriggerCollection(context, 'options');
	const direction = readDirection(context.getNodeParameter('direction', 'any') ?? '', 'triggerOn');
	return {
		direction,
		filter: toTransactionFilter(filters, direction),
		areTestCallsPassed: choice(options.testCalls ?? 'ignore', ['ignore', 'pass'], 'testCalls') === 'pass',
		isRaw: choice(context.getNodeParameter('output', 'simplified'), ['simplified', 'raw'], 'output') === 'raw',
		ignoreRepeats: options.ignoreRepeats !== false,
		groupDeliveries: options.groupDeliveries === true,
		codePattern: optionalCodePattern(options.paymentCode),
	};
}
