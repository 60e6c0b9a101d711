/** Looks into n8n's SQLite database, and changes it, as nobody but a test should. Runs in the Node that has SQLite built in. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { node24 } from '../../../hosts/paths';

const SCRIPT = `
const { DatabaseSync } = require('node:sqlite');
const database = new DatabaseSync(process.argv[1]);
database.exec('PRAGMA busy_timeout = 10000');
const rows = process.argv[3] === 'all' ? database.prepare(process.argv[2]).all() : database.exec(process.argv[2]) ?? [];
process.stdout.write(JSON.stringify(rows));
`;

export type Row = Record<string, string | number | null>;

export function getDatabase(userFolder: string): string {
	return path.join(userFolder, '.n8n', 'database.sqlite');
}

/** @returns the rows of one SELECT */
export function query(userFolder: string, sql: string): Row[] {
	return JSON.parse(runSql(userFolder, sql, 'all')) as Row[];
}

export function execute(userFolder: string, sql: string): void {
	runSql(userFolder, sql, 'exec');
}

function runSql(userFolder: string, sql: string, kind: 'all' | 'exec'): string {
	const args = ['--no-warnings', '-e', SCRIPT, getDatabase(userFolder), sql, kind];
	return execFileSync(node24(), args, { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 });
}
