/**
 * The matrix of `docs/promises.md`: three ways in which n8n schedules × what people do to an installation × what trouble
 * Casso is in meanwhile × trigger, poller and both. In no cell does a node end deaf without n8n saying so, and in no cell
 * is a row lost that a later poll could have had. Prints the table.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { installOnce } from '../../hosts/install';
import { N8N_DIR } from '../../hosts/n8n';
import { Progress } from '../../hosts/progress';
import { packPackages } from '../../hosts/tarball';
import { renameAndChange } from './harness/matrix/cellWorkflow';
import { MatrixBench, WAYS, type Cell, type Way } from './harness/matrix/matrixBench';
import { MatrixTable } from './harness/matrix/matrixTable';
import { until } from './harness/until';

/** Longest wait for a poll that hangs to fail, and for what is to arrive. */
const SAID_WAIT_MS = 180_000;
const ARRIVAL_WAIT_MS = 90_000;

type Complaints = Map<string, string>;

const table = new MatrixTable();

before(async () => {
	await installOnce(N8N_DIR, 'n8n', new Progress());
	packPackages();
});

after(() => {
	process.stdout.write(`\n${table.toMarkdown()}\n`);
});

void describe('the matrix', { concurrency: true }, () => {
	for (const way of Object.keys(WAYS) as Way[]) {
		void describe(way, { concurrency: false }, () => {
			let bench: MatrixBench;

			before(async () => {
				bench = await MatrixBench.start(way);
			});

			after(async () => {
				await bench?.close();
			});

			async function publishAll(): Promise<Complaints> {
				const said = await Promise.all(
					bench.cells.map(async ({ workflowId }) => [workflowId, await bench.publish(workflowId)] as const),
				);
				return new Map(said.filter((entry): entry is [string, string] => entry[1] !== undefined));
			}

			async function complaints(): Promise<Complaints> {
				const said = await Promise.all(
					bench.cells.map(async ({ workflowId }) => [workflowId, await bench.complaint(workflowId)] as const),
				);
				return new Map(said.filter((entry): entry is [string, string] => entry[1] !== undefined));
			}

			/** Does something while Casso is in trouble, lets Casso recover, and judges every cell. */
			async function runPhase(name: string, act: () => Promise<Complaints>, isFirst = false): Promise<void> {
				await bench.setTrouble(true);
				const mark = bench.newestExecution();
				const earlier = isFirst ? [] : [bench.addTransaction(true)];
				const refused = new Map([...(await act()), ...(await complaints())]);
				const during = [bench.addTransaction(true), bench.addTransaction(false)] as const;
				const isToSay = ({ mood, nodeSet, workflowId }: Cell): boolean =>
					mood !== 'well' && nodeSet !== 'trigger' && !refused.has(workflowId);
				const said = await eventually(SAID_WAIT_MS, () => {
					const failed = bench.failedSince(mark);
					const silent = bench.cells.filter((cell) => isToSay(cell) && !failed.has(cell.workflowId));
					return { failed, isDone: silent.length === 0 };
				});
				await bench.setTrouble(false);
				const stillRefused = new Map([...refused, ...(await complaints())]);
				for (const workflowId of stillRefused.keys()) await bench.publish(workflowId);
				bench.skipBackoff();
				const last = bench.addTransaction(false);
				for (const cell of bench.cells) {
					const isRefused = stillRefused.has(cell.workflowId);
					const hasPoller = cell.nodeSet !== 'trigger';
					// Before it was published for the first time, a poller has no place to keep.
					const polled = hasPoller && !(isFirst && isRefused) ? [...earlier, ...during] : [];
					const delivered = cell.nodeSet === 'trigger' && !isRefused ? [during[1]] : [];
					const expected = [...polled, ...delivered, last];
					const { missing } = await eventually(ARRIVAL_WAIT_MS, async () => {
						const reached = await bench.reached(cell);
						const left = expected.filter((id) => !reached.has(id));
						return { missing: left, isDone: left.length === 0 };
					});
					const isSaid = !isToSay(cell) || said.failed.has(cell.workflowId);
					table.add({ way, phase: name, ...cell, complaint: stillRefused.get(cell.workflowId), isSaid, missing });
				}
				process.stdout.write(`${table.row(way, name)}\n`);
				assert.deepEqual(table.faults(way, name), []);
			}

			test('published for the first time', async () => {
				await runPhase('publish', publishAll, true);
			});

			test('restarted', async () => {
				await runPhase('restart', async () => {
					await bench.restart();
					return new Map();
				});
			});

			test('renamed, changed and published', async () => {
				await runPhase('rename and publish', async () => {
					for (const { workflowId } of bench.cells) await renameAndChange(bench.n8n.api, workflowId);
					return await publishAll();
				});
			});

			test('upgraded from a version that kept its state under the name of the node', async () => {
				await runPhase('upgrade', async () => {
					await bench.n8n.stop();
					bench.toEarlierVersion();
					await bench.restart();
					return new Map();
				});
			});

			test('uninstalled, and installed again', async () => {
				await runPhase('uninstall and back', async () => {
					await bench.restart([]);
					await sleep(5_000);
					await bench.restart();
					return new Map();
				});
			});

			test('copied: the copy under another address touches nothing of the original', async () => {
				const webhooks = (): string =>
					JSON.stringify(bench.sandbox.casso.webhooks.list().map(({ id, url }) => [id, url]));
				const original = webhooks();
				await bench.n8n.stop();
				const copy = await bench.startCopy();
				for (const { workflowId } of bench.cells) await copy.n8n.api.unpublish(workflowId);
				await until('the copy has removed its own webhooks, and those alone', () => webhooks() === original);
				await sleep(3_000);
				assert.equal(webhooks(), original);
				await copy.close();
				await bench.restart();
				const id = bench.addTransaction(false);
				for (const cell of bench.cells)
					await until(
						`${cell.mood} ${cell.nodeSet} goes on`,
						async () => (await bench.reached(cell)).has(id),
						ARRIVAL_WAIT_MS,
					);
			});
		});
	}
});

/** The last outcome: the first one that is done, or that of the end of the time. */
async function eventually<T extends { isDone: boolean }>(limitMs: number, look: () => T | Promise<T>): Promise<T> {
	const deadline = Date.now() + limitMs;
	for (;;) {
		const outcome = await look();
		if (outcome.isDone || Date.now() > deadline) return outcome;
		await sleep(1_000);
	}
}
