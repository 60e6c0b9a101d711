/** What the measured set-ups need: Postgres, Redis and a folder, removed afterwards. */
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { installOnce } from '../../hosts/install';
import { N8N_DIR } from '../../hosts/n8n';
import type { Progress } from '../../hosts/progress';
import { Shutdown } from '../../hosts/shutdown';
import { packPackages } from '../../hosts/tarball';
import { providePostgres, type PostgresServer } from '../../demo/scaled/postgres';
import { provideRedis, type RedisServer } from '../../demo/scaled/redis';

export interface Ground {
	folder: string;
	postgres: PostgresServer;
	redis: RedisServer;
	close: () => Promise<void>;
}

/** @throws Error saying what to install if there is no Postgres or no Redis */
export async function layGround(progress: Progress): Promise<Ground> {
	await installOnce(N8N_DIR, 'n8n', progress);
	packPackages();
	const folder = mkdtempSync(path.join(tmpdir(), 'saoke-scale-'));
	// A Postgres started by root runs under another account, which must get in.
	chmodSync(folder, 0o711);
	const shutdown = new Shutdown();
	shutdown.add(() => {
		rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
		return Promise.resolve();
	});
	try {
		const postgres = await providePostgres(path.join(folder, 'postgres'), randomBytes(12).toString('hex'), shutdown);
		const redis = await provideRedis(path.join(folder, 'redis'), shutdown);
		return {
			folder,
			postgres,
			redis,
			close: async () => {
				await shutdown.run();
			},
		};
	} catch (error) {
		await shutdown.run();
		throw error;
	}
}
