/** The Markdown files of the repository, opened: their blocks, inline code, links, pictures and bold words. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Nodes, Root, TableCell } from 'mdast';
import { remark } from 'remark';
import remarkGfm from 'remark-gfm';
import { visit } from 'unist-util-visit';
import { ROOT } from '../../../hosts/paths';

export interface Document {
	/** Relative to the repository. */
	file: string;
	tree: Root;
}

export interface Block {
	file: string;
	language: string;
	text: string;
}

const NOT_OURS = new Set(['node_modules', 'dist', '.saoke', '.git', 'coverage']);

/** @param folder relative to the repository */
export function documentsBelow(folder = '.'): Document[] {
	return markdownBelow(folder).map((file) => ({ file, tree: parse(readFileSync(path.join(ROOT, file), 'utf8')) }));
}

function markdownBelow(folder: string): string[] {
	return readdirSync(path.join(ROOT, folder), { withFileTypes: true })
		.filter(({ name }) => !NOT_OURS.has(name))
		.flatMap((entry) => {
			const place = path.join(folder, entry.name);
			if (entry.isDirectory()) return markdownBelow(place);
			return entry.name.endsWith('.md') ? [place] : [];
		})
		.sort();
}

function parse(text: string): Root {
	return remark().use(remarkGfm).parse(text);
}

export function getBlocks({ file, tree }: Document): Block[] {
	const blocks: Block[] = [];
	visit(tree, 'code', ({ lang, value }) => {
		blocks.push({ file, language: lang ?? '', text: value });
	});
	return blocks;
}

export function getInlineCode(tree: Nodes): string[] {
	const found: string[] = [];
	visit(tree, 'inlineCode', ({ value }) => {
		found.push(value);
	});
	return found;
}

/** Texts set in bold. */
export function getBold(tree: Nodes): string[] {
	const found: string[] = [];
	visit(tree, 'strong', (node) => {
		found.push(readText(node));
	});
	return found;
}

/** Texts set in italics. */
export function getEmphasis(tree: Nodes): string[] {
	const found: string[] = [];
	visit(tree, 'emphasis', (node) => {
		found.push(readText(node));
	});
	return found;
}

/** Targets of links, definitions and pictures. */
export function getTargets(tree: Nodes): { url: string; isPicture: boolean }[] {
	const found: { url: string; isPicture: boolean }[] = [];
	visit(tree, (node) => {
		if (node.type === 'link' || node.type === 'definition' || node.type === 'image')
			found.push({ url: node.url, isPicture: node.type === 'image' });
	});
	return found;
}

/** The first cell of each row of each table, headings left out. */
export function getFirstCells(tree: Nodes): TableCell[] {
	const cells: TableCell[] = [];
	visit(tree, 'table', ({ children }) => {
		for (const { children: row } of children.slice(1)) if (row[0]) cells.push(row[0]);
	});
	return cells;
}

export function readText(tree: Nodes): string {
	let text = '';
	visit(tree, (node) => {
		if (node.type === 'text' || node.type === 'inlineCode') text += node.value;
	});
	return text;
}
