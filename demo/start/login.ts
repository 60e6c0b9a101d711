/** The local login, made once and kept in the state folder: random, for this machine only. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Owner } from '../../hosts/n8nApi';
import { STATE_DIR } from '../../hosts/paths';
import { makePrivateFolder } from '../../hosts/privateFolder';

export interface LocalSecrets {
	owner: Owner;
	/** Key of the sandbox; stays the same so that stored credentials keep working. */
	sandboxApiKey: string;
	simplizeApiKey: string;
	simplizeApiSecret: string;
	/** Seed of the sandbox's data. */
	seed: number;
}

export function localSecrets(): LocalSecrets {
	const file = path.join(STATE_DIR, 'local.json');
	const stored = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Partial<LocalSecrets>) : {};
	const secrets: LocalSecrets = {
		owner: {
			email: 'owner@example.com',
			firstName: 'Saoke',
			lastName: 'Demo',
			password: `Saoke-${randomBytes(9).toString('base64url')}-1`,
		},
		sandboxApiKey: `AK_CS.${randomBytes(16).toString('hex')}.${randomBytes(36).toString('hex')}`,
		simplizeApiKey: randomBytes(16).toString('hex'),
		simplizeApiSecret: randomBytes(32).toString('hex'),
		seed: 2026,
		// What an earlier start chose stays.
		...stored,
	};
	makePrivateFolder(STATE_DIR);
	writeFileSync(file, JSON.stringify(secrets, null, '\t'), { mode: 0o600 });
	return secrets;
}
