/** Puts the sandbox together: Casso's API, Simplize's API, their control APIs, one HTTP server. */
import type { AddressInfo } from 'node:net';
import fastify from 'fastify';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { cassoApi } from './casso/api';
import { CassoBank, type CassoBankOptions } from './casso/bank';
import { CASSO_PREFIX } from './casso/contract';
import { failures as cassoFailures } from './casso/failures';
import { cassoControl } from './control/casso';
import { testReceiver } from './control/receiver';
import { simplizeControl } from './control/simplize';
import { watchControl } from './control/watch';
import { writeBeforeAnswer, type Persister } from './engine/persister';
import type { ControlRoute } from './openapi';
import { lazyPage } from './page/lazyPage';
import { simplizeApi } from './simplize/api';
import { SIMPLIZE_PREFIX } from './simplize/contract';
import { failures as simplizeFailures } from './simplize/failures';
import { SimplizePartner, type SimplizePartnerOptions } from './simplize/partner';

export interface SandboxOptions extends CassoBankOptions {
	/** Default 0: any free one. */
	port?: number;
	/** Default 127.0.0.1. */
	host?: string;
	/** SQLite file that holds everything, so that nothing is lost when the process ends; default in memory. Needs Node 22.13 or later. */
	data?: string;
	/** The Simplize service; its `now` is that of the whole unless given. */
	simplize?: SimplizePartnerOptions;
}

export interface Sandbox {
	/** E.g. `http://127.0.0.1:4010`. */
	url: string;
	/** Base URL for a Casso client: `url` + `/casso`. */
	cassoUrl: string;
	apiKey: string;
	/** Control in the same process. */
	casso: CassoBank;
	/** Base URL for a Simplize client: `url` + `/simplize`. */
	simplizeUrl: string;
	/** Keys and control of the Simplize service. */
	simplize: SimplizePartner;
	/** False if an existing data file was used. */
	isNewData: boolean;
	/** Ends every connection and delivery; resolves when the port is free. */
	close(): Promise<void>;
}

/** Starts the sandbox. @throws the system's error if the port cannot be listened on (`code` EADDRINUSE) */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const { port = 0, host = '127.0.0.1' } = options;
	const { casso, simplize, persister, isNew } = await openServices(options);
	const app = buildServer({ casso, simplize, persister, host, dataFile: options.data ?? null });
	const close = async (): Promise<void> => {
		casso.close();
		await app.close();
		persister?.close();
	};
	try {
		await app.listen({ port, host });
	} catch (error) {
		await close();
		throw error;
	}
	const url = getUrl(host, (app.server.address() as AddressInfo).port);
	return {
		url,
		cassoUrl: `${url}${CASSO_PREFIX}`,
		apiKey: casso.apiKey,
		casso,
		simplizeUrl: `${url}${SIMPLIZE_PREFIX}`,
		simplize,
		isNewData: isNew,
		close,
	};
}

interface Services {
	casso: CassoBank;
	simplize: SimplizePartner;
	/** Null if everything is in memory. */
	persister: Persister | null;
}

async function openServices(options: SandboxOptions): Promise<Services & { isNew: boolean }> {
	if (options.data !== undefined) {
		const { openData } = await import('./dataFile');
		return openData(options.data, options);
	}
	const simplize = new SimplizePartner({ now: options.now, ...options.simplize });
	return { casso: new CassoBank(options), simplize, persister: null, isNew: true };
}

function buildServer({
	casso,
	simplize,
	persister,
	host,
	dataFile,
}: Services & { host: string; dataFile: string | null }): FastifyInstance {
	const app = fastify({
		// An answer that a fault never gives must not keep the server from closing.
		forceCloseConnections: true,
		bodyLimit: 8 * 1024 * 1024,
		// The API that a path belongs to answers if a part of it is too long.
		routerOptions: { maxParamLength: 16_384 },
		frameworkErrors: answerFrameworkError,
		// A number is not accepted as text, so that a client's mistake shows. Faults are distinguished by their kind.
		ajv: {
			customOptions: {
				coerceTypes: false,
				removeAdditional: false,
				useDefaults: false,
				discriminator: true,
				allowUnionTypes: true,
			},
		},
	});
	const controlRoutes = collectControlRoutes(app);
	if (persister !== null) writeBeforeAnswer(app, persister);
	app.register(
		(scope, _options, done) => {
			cassoApi(scope, casso);
			done();
		},
		{ prefix: CASSO_PREFIX },
	);
	app.register(
		(scope, _options, done) => {
			cassoControl(scope, casso, host);
			done();
		},
		{ prefix: '/control/casso' },
	);
	app.register(
		(scope, _options, done) => {
			simplizeApi(scope, simplize);
			done();
		},
		{ prefix: SIMPLIZE_PREFIX },
	);
	app.register(
		(scope, _options, done) => {
			simplizeControl(scope, simplize, host);
			done();
		},
		{ prefix: '/control/simplize' },
	);
	app.register(
		(scope, _options, done) => {
			watchControl(scope, casso, simplize, { ownHost: host, dataFile });
			done();
		},
		{ prefix: '/control' },
	);
	testReceiver(app, host);
	lazyPage(app, { ownHost: host, controlRoutes });
	return app;
}

/** The routes of the control API, as they are registered: its document is made from them. */
function collectControlRoutes(app: FastifyInstance): ControlRoute[] {
	const routes: ControlRoute[] = [];
	app.addHook('onRoute', ({ method, url, schema }) => {
		if (!url.startsWith('/control/') || typeof method !== 'string' || method === 'HEAD' || url.endsWith('/')) return;
		const body = schema?.body as ControlRoute['body'];
		routes.push(body === undefined ? { method, url } : { method, url, body });
	});
	return routes;
}

function getUrl(host: string, port: number): string {
	const everywhere = host === '0.0.0.0' || host === '::';
	const name = everywhere ? '127.0.0.1' : host;
	return `http://${name.includes(':') ? `[${name}]` : name}:${String(port)}`;
}

/** A request that reaches no route, such as one with a broken path, is answered in the form of the API that it was meant for. */
function answerFrameworkError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
	const path = request.raw.url ?? '';
	if (path.startsWith(`${CASSO_PREFIX}/`)) {
		const failure = cassoFailures.badRequest(error.message);
		void reply.code(failure.status).send(failure.toEnvelope());
		return;
	}
	if (path.startsWith(`${SIMPLIZE_PREFIX}/`)) {
		const { status, message } = simplizeFailures.badRequest(error.message);
		void reply.code(status).send({ status, message });
		return;
	}
	void reply.code(error.statusCode ?? 400).send({ message: error.message });
}
