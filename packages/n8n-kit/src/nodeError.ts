/** Converts core's errors to n8n's: what happened, at which parameter and item, and what to do next. */
import {
	ApiError,
	NetworkError,
	NUMBER_OPTIONS,
	type NumberOption,
	ParameterError,
	SaokeError,
} from '@saoke/core/common';
import { NodeApiError, NodeOperationError, type INode, type JsonObject } from 'n8n-workflow';
import { toTitle } from './title';

/** Display names of parameters that core may refuse, by core's name, where they are neither a number's label nor the name itself. */
export type DisplayNames = Readonly<Record<string, string>>;

const NUMBERS: Readonly<Record<string, NumberOption | undefined>> = NUMBER_OPTIONS;

export type ToNodeError = (node: INode, error: unknown, itemIndex?: number) => NodeApiError | NodeOperationError;

/**
 * @param displayNames names that the user sees on the node and its credential
 * @returns a function that converts anything thrown to an n8n error; n8n's own errors are returned unchanged
 */
export function nodeErrorsFor(displayNames: DisplayNames): ToNodeError {
	return (node, error, itemIndex) => {
		const cause = innermost(error);
		const item = itemIndex === undefined ? '' : ` [item ${itemIndex}]`;
		if (cause instanceof ParameterError) {
			const name = displayNames[cause.parameter] ?? NUMBERS[cause.parameter]?.label ?? toTitle(cause.parameter);
			return new NodeOperationError(node, `${name}: ${cause.message}${item}`, { description: cause.hint, itemIndex });
		}
		if (cause instanceof ApiError || cause instanceof NetworkError) {
			const httpCode = cause instanceof ApiError ? String(cause.httpStatus) : undefined;
			const plain: JsonObject = { message: cause.message, code: cause.code };
			return new NodeApiError(node, plain, {
				message: `${cause.message}${item}`,
				description: cause.hint,
				httpCode,
				itemIndex,
			});
		}
		if (cause instanceof SaokeError) {
			return new NodeOperationError(node, `${cause.message}${item}`, { description: cause.hint, itemIndex });
		}
		if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
		return new NodeOperationError(node, error instanceof Error ? error : new Error('An unexpected error occurred'), {
			itemIndex,
		});
	};
}

/** Puts what to do next into the message, for a place that shows the message alone: publishing, or a model. */
export function withHintInMessage<Thrown extends NodeApiError | NodeOperationError>(error: Thrown): Thrown {
	const { message, description } = error;
	if (!description) return error;
	return Object.assign(error, { message: `${message.replace(/\.$/, '')}. ${description}`, description: undefined });
}

/** n8n wraps what a credential throws; our own error inside is more specific. */
function innermost(error: unknown): unknown {
	for (let link: unknown = error, depth = 0; link && depth < 5; depth++) {
		if (link instanceof SaokeError) return link;
		link = (link as { cause?: unknown }).cause;
	}
	return error;
}
