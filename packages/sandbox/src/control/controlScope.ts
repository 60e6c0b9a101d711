/** What every part of the control API has: the guard, JSON bodies, and failures as `{"message"}`. */
import type { FastifyError, FastifyInstance } from 'fastify';
import { ControlFailure } from './controlFailure';
import { describeSchemaErrors } from './describeSchemaErrors';
import { guardHook } from './guard';
import { acceptOptionalJson } from './optionalJson';

/** @param ownHost what the sandbox listens on */
export function controlScope(scope: FastifyInstance, ownHost: string): void {
	guardHook(scope, ownHost);
	acceptOptionalJson(scope);
	scope.setSchemaErrorFormatter(describeSchemaErrors);
	scope.setErrorHandler<FastifyError>((error, _request, reply) => {
		const status = statusOf(error);
		if (status === 500) process.stderr.write(`Sandbox: ${error.stack ?? error.message}\n`);
		void reply
			.code(status)
			.send({ message: status === 500 ? 'Internal error; see the output of the sandbox.' : error.message });
	});
}

function statusOf(error: FastifyError): number {
	if (error instanceof ControlFailure) return error.statusCode;
	// What the services throw for a value that cannot be.
	if (error instanceof RangeError) return 400;
	return error.statusCode !== undefined && error.statusCode < 500 ? error.statusCode : 500;
}
