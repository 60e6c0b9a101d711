/** A request that reaches no route, such as one with a broken path, is answered in the form of the API that it was meant for. */
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { answers } from './casso/api/assumedAnswers';
import { CASSO_PREFIX } from './casso/api/path';
import { refusals } from './simplize/api/inventedErrors';
import { SIMPLIZE_PREFIX } from './simplize/api/prefix';

export function answerFrameworkError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
	const path = request.raw.url ?? '';
	if (path.startsWith(`${CASSO_PREFIX}/`)) {
		const failure = answers.badRequest(error.message);
		void reply.code(failure.status).send(failure.toEnvelope());
		return;
	}
	if (path.startsWith(`${SIMPLIZE_PREFIX}/`)) {
		const { status, message } = refusals.badRequest(error.message);
		void reply.code(status).send({ status, message });
		return;
	}
	void reply.code(error.statusCode ?? 400).send({ message: error.message });
}
