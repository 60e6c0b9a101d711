/** Keys between the local sandbox and the local Node-RED: random, made once, for this machine only. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { STATE_DIR } from '../../hosts/paths';

export interface NodeRedSecrets {
	/** Of the webhook, V2. */
	securityKey: string;
	simplizeApiKey: string;
	simplizeApiSecret: string;
}

export function nodeRedSecrets(): NodeRedSecrets {
	const file = path.join(STATE_DIR, 'node-red-local.json');
	if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as NodeRedSecrets;
	const random = (): string => randomBytes(32).toString('hex');
	const secrets = { securityKey: random(), simplizeApiKey: random(), simplizeApiSecret: random() };
	mkdirSync(STATE_DIR, { recursive: true });
	writeFileSync(file, JSON.stringify(secrets, null, '\t'), { mode: 0o600 });
	return secrets;
}
