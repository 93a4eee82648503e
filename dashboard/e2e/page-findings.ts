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
