/** What can be made to go wrong with an API call, and for which calls. */
import type { FaultLimits } from '../faultSet';
import type { TransactionInput } from '../model';

/** Which calls a rule acts on. */
export interface ApiFaultScope extends FaultLimits {
	/** Path under `/casso`, e.g. `/v2/transactions`; `*` stands for a part, `**` for anything; default every path. */
	path?: string;
	/** HTTP method; default every method. */
	method?: string;
}

/** `carriedOut`: the call takes effect and only its answer is replaced, as when an answer is lost on the way. */
interface Replacing {
	carriedOut?: boolean;
}

type ApiFaultKind =
	| ({
			kind: 'httpError';
			status: number;
			error?: number;
			message?: string;
			retryAfterSeconds?: number;
			retryAfterForm?: 'seconds' | 'date';
	  } & Replacing)
	/** A real limiter over the last second. */
	| { kind: 'rateLimit'; requestsPerSecond: number; retryAfterForm?: 'seconds' | 'date' | 'none' }
	| ({ kind: 'html'; status?: number } & Replacing)
	/** HTTP 200 with `error` not 0. */
	| ({ kind: 'errorEnvelope'; error?: number; message?: string } & Replacing)
	/** The answer, cut so that it is no JSON. */
	| { kind: 'invalidJson' }
	| { kind: 'nullData' }
	/** The connection breaks after that many bytes of the body (default half); 0: before any. */
	| { kind: 'reset'; afterBytes?: number }
	| { kind: 'slow'; ms: number }
	| ({ kind: 'never' } & Replacing)
	/** Page `page + 1` holds the records of `page` (default 1) again; `forever`: every later page does. */
	| { kind: 'repeatPage'; page?: number; forever?: boolean }
	/** There is always a next page: holding the last records again, new ones, or none. */
	| { kind: 'endlessPages'; records?: 'last' | 'fresh' | 'empty' }
	/** After a list call was answered, transactions appear. */
	| { kind: 'insertWhilePaging'; transactions: TransactionInput[] }
	/** After a list call was answered, a transaction disappears: that one, or the first on the page. */
	| { kind: 'deleteWhilePaging'; transactionId?: number }
	/** Rows with equal times change places from call to call. */
	| { kind: 'shuffleTies' };

export type ApiFault = ApiFaultScope & ApiFaultKind;
export type ApiFaultName = ApiFaultKind['kind'];
/** The rule of one kind. */
export type ApiFaultOf<Name extends ApiFaultName> = Extract<ApiFault, { kind: Name }>;

/** True if the rule is meant for this call. @param path under `/casso`, without the query */
export function faultMatches(rule: ApiFaultScope, method: string, path: string): boolean {
	if (rule.method !== undefined && rule.method.toUpperCase() !== method.toUpperCase()) return false;
	return rule.path === undefined || pathPattern(rule.path).test(path);
}

function pathPattern(pattern: string): RegExp {
	const parts = pattern.split(/(\*\*|\*)/).map((part) => {
		if (part === '**') return '.*';
		return part === '*' ? '[^/]*' : part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&');
	});
	return new RegExp(`^${parts.join('')}$`);
}
