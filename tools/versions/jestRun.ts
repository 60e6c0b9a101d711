/** One run of the Jest tests in a process of its own, and what came of it. */
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from '../../hosts/paths';

/** Of a run of tests. */
export interface Outcome {
	passed: number;
	failed: number;
	/** A line for each test that failed, and for each file that could not be run. */
	failures: string[];
	seconds: number;
}

interface JestReport {
	numPassedTests: number;
	numFailedTests: number;
	testResults: {
		name: string;
		status: string;
		message: string;
		assertionResults: { fullName: string; status: string }[];
	}[];
}

export interface JestOptions {
	/** Node binary; default the one that runs now. */
	node?: string;
	/** Test files or folders; default all. */
	paths?: string[];
	env?: Record<string, string>;
}

/** @throws Error with the end of Jest's output if it made no report */
export async function runJest({ node = process.execPath, paths = [], env = {} }: JestOptions): Promise<Outcome> {
	const startedMs = Date.now();
	const file = path.join(tmpdir(), `saoke-jest-${process.pid}-${startedMs}.json`);
	const jest = path.join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
	const child = spawn(node, [jest, '--json', `--outputFile=${file}`, '--silent', ...paths], {
		cwd: ROOT,
		env: { ...process.env, ...env, PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ''}` },
		stdio: ['ignore', 'ignore', 'pipe'],
	});
	let tail = '';
	child.stderr.on('data', (chunk: Buffer) => (tail = (tail + chunk.toString()).slice(-3_000)));
	await new Promise<void>((resolve, reject) => {
		child.once('error', reject);
		child.once('close', () => resolve());
	});
	return { ...readReport(file, tail), seconds: Math.round((Date.now() - startedMs) / 1000) };
}

function readReport(file: string, tail: string): Omit<Outcome, 'seconds'> {
	let report: JestReport;
	try {
		report = JSON.parse(readFileSync(file, 'utf8')) as JestReport;
	} catch {
		throw new Error(`Jest made no report:\n${tail}`);
	}
	rmSync(file);
	const failures = report.testResults
		.filter(({ status }) => status === 'failed')
		.flatMap(({ name, message, assertionResults }) => {
			const place = path.relative(ROOT, name);
			const tests = assertionResults
				.filter(({ status }) => status === 'failed')
				.map(({ fullName }) => `${place} › ${fullName}`);
			return tests.length > 0 ? tests : [`${place} could not be run: ${message.slice(0, 500)}`];
		});
	return { passed: report.numPassedTests, failed: failures.length, failures };
}
