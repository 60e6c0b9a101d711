/** A webhook target of the sandbox's own, so that deliveries can be watched before there is another; it can be broken. */
import type { FastifyInstance } from 'fastify';
import { controlScope } from './scope';
import { closed, oneOf } from '../engine/schema';

/** `ok`: HTTP 200 with success · `broken`: 500 · `silent`: no answer at all. */
type ReceiverMode = 'ok' | 'broken' | 'silent';

const receiverSchema = closed({ mode: oneOf('ok', 'broken', 'silent') }, ['mode']);

/** @param ownHost what the sandbox listens on */
export function testReceiver(app: FastifyInstance, ownHost: string): void {
	let mode: ReceiverMode = 'ok';
	app.register(
		(scope, _options, done) => {
			controlScope(scope, ownHost);
			scope.get('/', () => ({ receiver: { mode } }));
			scope.patch<{ Body: { mode: ReceiverMode } }>('/', { schema: { body: receiverSchema } }, (request) => {
				({ mode } = request.body);
				return { receiver: { mode } };
			});
			done();
		},
		{ prefix: '/control/receiver' },
	);
	app.post('/receiver', (_request, reply) => {
		if (mode === 'silent') {
			reply.hijack();
			return reply;
		}
		return mode === 'ok' ? { success: true } : reply.code(500).send({ success: false });
	});
}
