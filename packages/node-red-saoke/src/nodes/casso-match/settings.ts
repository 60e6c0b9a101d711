/** Settings of a `casso-match` node. */
import { readNumberOption } from '@saoke/core/common';
import type { MatchOptions } from '@saoke/core/payment';
import type { NodeProperties } from '../../host/nodeRed';

export interface CassoMatchProperties extends NodeProperties {
	/** Where the orders are, e.g. `orders` of the message. */
	orders?: string;
	ordersType?: string;
	/** VND. */
	tolerance?: string;
	/** Days; empty for no limit. */
	maxAgeDays?: string;
	/** `changed` for those only that this message paid. */
	send?: string;
}

const DAY_MS = 86_400_000;

/** @throws ParameterError that names the setting which cannot be meant */
export function readMatchOptions(properties: CassoMatchProperties, nowMs: number): MatchOptions {
	const days = readNumberOption('maxAgeDays', properties.maxAgeDays);
	return {
		toleranceVnd: readNumberOption('tolerance', properties.tolerance),
		maxAgeMs: days === undefined ? undefined : days * DAY_MS,
		nowMs,
	};
}
