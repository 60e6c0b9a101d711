/**
 * Status texts below a node. Fixed texts are keys, which the editor translates to the user's language; texts with a
 * number or a time consist only of digits and symbols, so that they need no translation.
 */
import { ApiError, IncompleteReadError, NetworkError, ParameterError, RecordError } from '@saoke/core';
import { UnsetError } from './configured';
import type { HostNode, NodeRed, NodeStatus } from './nodeRed';
import { StateError } from './StateError';

/** Keys below `status.` of the locale files. */
export type StatusKey =
	| 'adminPath'
	| 'badSetting'
	| 'duplicatePath'
	| 'failed'
	| 'forbidden'
	| 'incomplete'
	| 'lookingUp'
	| 'newerVersion'
	| 'noAnswer'
	| 'noConfig'
	| 'noKey'
	| 'noPublicRoutes'
	| 'noSecret'
	| 'notFound'
	| 'passwordInFront'
	| 'ready'
	| 'refused'
	| 'registered'
	| 'serviceDown'
	| 'serviceError'
	| 'stateNotStored'
	| 'tested'
	| 'tooManyRequests'
	| 'unauthorized'
	| 'unexpectedRecord'
	| 'unreadable';

export function statusText(key: StatusKey): string {
	return `status.${key}`;
}

const resting = new WeakMap<HostNode, NodeStatus>();

/** Shows a state that lasts: what passes by later gives way to it again. */
function rest(node: HostNode, status: NodeStatus): void {
	resting.set(node, status);
	node.status(status);
}

/**
 * Idle status of a webhook. Green means that deliveries can arrive, so it is not shown if Node-RED requires a password
 * (`httpNodeAuth`), which Casso does not have.
 */
export function showReady({ settings }: NodeRed, node: HostNode, key: 'ready' | 'registered'): void {
	rest(
		node,
		settings.httpNodeAuth
			? { fill: 'yellow', shape: 'ring', text: statusText('passwordInFront') }
			: { fill: 'green', shape: 'ring', text: statusText(key) },
	);
}

/** Restores the status from before a temporary one. */
export function showResting(node: HostNode): void {
	node.status(resting.get(node) ?? {});
}

export function showBusy(node: HostNode): void {
	node.status({ fill: 'blue', shape: 'dot', text: statusText('lookingUp') });
}

/** @param count number of elements sent */
export function showCount(node: HostNode, count: number, nowMs: number): void {
	node.status({ fill: 'green', shape: 'dot', text: `+${String(count)} · ${clock(nowMs)}` });
}

/** @param sign what happened, e.g. an HTTP status; digits and signs */
export function showRetry(node: HostNode, nextMs: number, sign = ''): void {
	rest(node, { fill: 'yellow', shape: 'ring', text: `${sign === '' ? '' : `${sign} · `}⟳ ${clock(nextMs)}` });
}

export function showFailure(node: HostNode, error: unknown): void {
	rest(node, getStatus(error));
}

/** @param fill yellow if the node recovers automatically, red if the user has to act */
export function getStatus(error: unknown, fill: 'red' | 'yellow' = 'red'): NodeStatus {
	// The source needs no language: ∅ ${CASSO_API_KEY}.
	const text = error instanceof UnsetError ? `∅ ${error.source}` : statusText(getStatusKey(error));
	return { fill, shape: 'ring', text };
}

/** Settings whose absence has its own text. */
const PARAMETER_KEYS: Record<string, StatusKey | undefined> = {
	accessToken: 'noKey',
	apiKey: 'noKey',
	apiSecret: 'noKey',
	casso: 'noConfig',
	secret: 'noSecret',
	configVersion: 'newerVersion',
	simplize: 'noConfig',
};

/** @returns the status key of an error, for the node status and dialogs */
export function getStatusKey(error: unknown): StatusKey {
	if (error instanceof StateError) return 'stateNotStored';
	if (error instanceof NetworkError) return 'noAnswer';
	if (error instanceof RecordError) return 'unexpectedRecord';
	if (error instanceof ParameterError) return PARAMETER_KEYS[error.parameter] ?? 'badSetting';
	if (error instanceof IncompleteReadError) return 'incomplete';
	if (error instanceof ApiError) return keyOfAnswer(error);
	return 'failed';
}

function keyOfAnswer({ failure }: ApiError): StatusKey {
	const { httpStatus, serviceCode } = failure;
	const status = httpStatus >= 400 ? httpStatus : (serviceCode ?? httpStatus);
	if (status === 401) return 'unauthorized';
	if (status === 403) return 'forbidden';
	if (status === 404 || status === 12) return 'notFound';
	if (status === 429) return 'tooManyRequests';
	if (status >= 500 && status < 600) return 'serviceDown';
	return serviceCode === undefined ? 'unreadable' : 'serviceError';
}

/** Time of day of this machine, `HH:mm:ss`. */
export function clock(ms: number): string {
	const date = new Date(ms);
	return [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':');
}
