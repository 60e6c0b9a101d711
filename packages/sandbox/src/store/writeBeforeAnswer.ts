/** Nothing is answered before it is on disk; what cannot be written is answered as a failure. */
import type { FastifyInstance } from 'fastify';
import type { Keeper } from './keeper';

export function writeBeforeAnswer(app: FastifyInstance, keeper: Keeper): void {
	app.addHook('onSend', (_request, reply, payload, done) => {
		try {
			keeper.flush();
			done(null, payload);
		} catch (error) {
			const message = `The data file could not be written: ${error instanceof Error ? error.message : String(error)}`;
			void reply.code(500).type('application/json; charset=utf-8');
			done(null, JSON.stringify({ error: 500, message, data: null }));
		}
	});
}
