/** Casso's API of spec section 4, as a Fastify plugin to be mounted under `/casso`. */
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import type { CassoBank } from '../bank';
import { accountRoutes } from './accountRoutes';
import { answers } from './assumedAnswers';
import { authHook } from './auth';
import { ApiFailure } from './envelope';
import { faultHooks } from './faultHooks';
import { acceptJsonBodies } from './jsonBody';
import { logHooks } from './logHooks';
import { pathOf } from './path';
import { syncRoutes } from './syncRoutes';
import { transactionRoutes } from './transactionRoutes';
import { userRoutes } from './userRoutes';
import { webhookRoutes } from './webhookRoutes';

/** Registers every call of the bank on a scope of its own. Order matters: log, faults, key, call. */
export function cassoApi(scope: FastifyInstance, bank: CassoBank): void {
	acceptJsonBodies(scope);
	logHooks(scope, bank);
	faultHooks(scope, bank);
	authHook(scope, bank);
	scope.setErrorHandler<FastifyError>((error, _request, reply) => {
		answerFailure(toFailure(error), reply, bank);
	});
	scope.setNotFoundHandler((request, reply) => {
		answerFailure(answers.unknownPath(request.method, pathOf(request.url)), reply, bank);
	});
	userRoutes(scope, bank);
	accountRoutes(scope, bank);
	transactionRoutes(scope, bank);
	syncRoutes(scope, bank);
	webhookRoutes(scope, bank);
}

function answerFailure(failure: ApiFailure, reply: FastifyReply, bank: CassoBank): void {
	const status = bank.quirks.values.errorStatus === 'always200' ? 200 : failure.status;
	void reply.code(status).headers(failure.headers).send(failure.toEnvelope());
}

function toFailure(error: FastifyError): ApiFailure {
	if (error instanceof ApiFailure) return error;
	if (error.statusCode === 413) return answers.tooLarge();
	if (error.statusCode !== undefined && error.statusCode < 500) return answers.badRequest(error.message);
	process.stderr.write(`Sandbox: ${error.stack ?? error.message}\n`);
	return answers.internal();
}
