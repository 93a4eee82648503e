/** What is wrong with the page as it stands, one line each; nothing where it is as it should be. */
import type { Page } from 'playwright-core';

/**
 * Texts with Chinese in them on a page that is in English.
 * @param quoted what may stand there all the same, beside what is marked as Chinese and stands in quotation marks
 */
export async function chineseLeft(page: Page, quoted: readonly string[]): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const found: string[] = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      if (!node.parentElement!.closest('script, style, [lang^="zh"]')) found.push(node.textContent ?? '');
    for (const element of document.body.querySelectorAll('[aria-label], [title], [placeholder], [alt]'))
      if (!element.closest('[lang^="zh"]'))
        for (const name of ['aria-label', 'title', 'placeholder', 'alt']) found.push(element.getAttribute(name) ?? '');
    return found;
  });
  const longestFirst = [...new Set(quoted)].sort((a, b) => b.length - a.length);
  const rest = (text: string) =>
    longestFirst.reduce((left, one) => (one === '' ? left : left.replaceAll(one, '')), text).replaceAll(/“[^”]*”/g, '');
  return [...new Set(texts.filter((text) => /\p{Script=Han}/u.test(text)))].filter((text) =>
    /\p{Script=Han}/u.test(rest(text)),
  );
}

/**
 * What no reader is meant to read: no heading, a value that is none, a text without its words, an id where there is a name.
 * @param codes ids that have names
 */
export async function unreadable(page: Page, codes: readonly string[]): Promise<string[]> {
  const heading = (await page.locator('h1').allTextContents()).join('').trim();
  const texts = await page.evaluate(() => {
    const shown = document.body.cloneNode(true) as HTMLElement;
    // Ids of events, files and commands are shown as they are.
    for (const element of shown.querySelectorAll('script, style, code, pre, .id')) element.remove();
    const found: string[] = [];
    const walker = document.createTreeWalker(shown, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) found.push(node.textContent ?? '');
    return found;
  });
  const known = new Set(codes);
  const odd = texts.flatMap((text) => [
    ...(text.match(/\b(?:undefined|NaN|null|Infinity)\b|\[object \w+\]|\b[a-z]+_[a-z_]+\b|\{\w+\}/g) ?? []),
    ...(text.match(/(?<![\w.-])[\w-]+(?![\w.-])/g) ?? []).filter((word) => known.has(word)),
  ]);
  return [...(heading === '' ? ['no heading'] : []), ...[...new Set(odd)].map((one) => `reads “${one}”`)];
}

/** How far the page reaches beyond the window. */
export async function tooWide(page: Page, where: string): Promise<string[]> {
  const pixels = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  return pixels > 0 ? [`${where}: ${pixels} px too wide`] : [];
}
