/** Keys between the local sandbox and the local Node-RED: random, made once, for this machine only. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { NodeRedLogin } from '../../hosts/nodeRedApi';
import { STATE_DIR } from '../../hosts/paths';
import { makePrivateFolder } from '../../hosts/privateFolder';

export interface NodeRedSecrets {
	/** Of the editor. */
	login: NodeRedLogin;
	/** Of the webhook, V2. */
	securityKey: string;
	simplizeApiKey: string;
	simplizeApiSecret: string;
}

export function nodeRedSecrets(): NodeRedSecrets {
	const file = path.join(STATE_DIR, 'node-red-local.json');
	const stored = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Partial<NodeRedSecrets>) : {};
	const random = (): string => randomBytes(32).toString('hex');
	const secrets: NodeRedSecrets = {
		login: { username: 'owner', password: `Saoke-${randomBytes(9).toString('base64url')}-1` },
		securityKey: random(),
		simplizeApiKey: random(),
		simplizeApiSecret: random(),
		// What an earlier start chose stays.
		...stored,
	};
	makePrivateFolder(STATE_DIR);
	writeFileSync(file, JSON.stringify(secrets, null, '\t'), { mode: 0o600 });
	return secrets;
}
