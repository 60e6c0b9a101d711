/** What the scaled set-up keeps to itself: random, made once, for this machine only. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Owner } from '../../hosts/n8nApi';

export interface ScaledSecrets {
	owner: Owner;
	/** The one key with which every process of the cluster reads credentials. */
	encryptionKey: string;
	postgresPassword: string;
	sandboxApiKey: string;
	/** A queue of its own, also in a Redis that others use. */
	queuePrefix: string;
}

export const SECRETS_FILE = 'local.json';

export function scaledSecrets(folder: string): ScaledSecrets {
	const file = path.join(folder, SECRETS_FILE);
	if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as ScaledSecrets;
	const secrets: ScaledSecrets = {
		owner: {
			email: 'owner@example.com',
			firstName: 'Saoke',
			lastName: 'Scaled',
			password: `Saoke-${randomBytes(9).toString('base64url')}-1`,
		},
		encryptionKey: randomBytes(24).toString('hex'),
		postgresPassword: randomBytes(18).toString('base64url'),
		sandboxApiKey: `AK_CS.${randomBytes(16).toString('hex')}.${randomBytes(36).toString('hex')}`,
		queuePrefix: `saoke-${randomBytes(4).toString('hex')}`,
	};
	mkdirSync(folder, { recursive: true });
	writeFileSync(file, JSON.stringify(secrets, null, '\t'), { mode: 0o600 });
	return secrets;
}
