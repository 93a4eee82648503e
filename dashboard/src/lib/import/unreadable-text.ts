import type { Locale } from '../i18n/locale.ts';

/** What the reader of tables says of a file that it does not read: English → Chinese, the first that fits. */
const SENTENCES: readonly (readonly [pattern: RegExp, chinese: string])[] = [
  [
    /looks like \S+ \((.*)\) in row (\d+) but lacks (.*?), and nothing of it is stored/,
    '第 $2 行像是“$1”的表头，但缺少$3，没有入库。请补上这一列（或核对表头用词）后重新导入。',
  ],
  [
    /no header in its first ten rows that is recognised/,
    '前十行里没有找到可以识别的表头，没有入库。请确认是平台导出的表格，或者下载空白表格填写。',
  ],
  [/protected by a password/, '设有密码，没有读取。请另存一份不带密码的文件。'],
  [/is an image/, '是图片，不是表格，没有读取。请导出为 xlsx 或 CSV。'],
  [/is a PDF/, '是 PDF，不是表格，没有读取。请导出为 xlsx 或 CSV。'],
  [/is a (?:RAR|7-Zip) archive|is packed by gzip/, '是压缩包，没有读取。请解压后再导入。'],
  [/zip file but no workbook/, '是压缩包或其他文档，不是工作簿，没有读取。请解压，或导出为 xlsx 或 CSV。'],
  [/binary workbook \(xlsb\)/, '是二进制工作簿（xlsb），没有读取。请另存为 xlsx。'],
  [/larger than 1 GiB when unpacked/, '解压后超过 1 GB，没有读取。请拆成几个较小的文件。'],
  [/more than 1 GiB of memory|larger than 256 MiB/, '文件过大，没有读取。请另存为 xlsx，或拆成几个文件。'],
  [/more than 192 MiB of texts/, '文字内容超过 192 MB，没有读取。请拆成几个文件。'],
  [
    /more than ([\d,]+) (?:rows|events and rows with faults)(?: in the sheet (.*?))? and nothing/,
    '行数超过 $1 的上限，没有入库。请拆成几个较小的文件。',
  ],
  [/too large for its \d+ sheets/, '工作表太多、文件太大，没有读取。请另存为 xlsx。'],
  [/one and the same part/, '几个工作表指向同一份内容，文件已损坏，没有读取。请用表格软件重新保存。'],
  [/fills the last column of the sheet/, '用到了工作表的最后一列，放不下问题说明。请清空最后一列后重新导入。'],
  [/more than \d+ entries|row of more than 64 MiB/, '内部结构不像办公用的工作簿，没有读取。请重新导出。'],
  [/web page \(HTML\)/, '是网页（HTML）而不是工作簿，没有读取。请用表格软件打开后另存为 xlsx。'],
  [/an XML file that is no workbook/, '是 XML 文件而不是工作簿，没有读取。请另存为 xlsx。'],
  [/Excel 95 or older/, '是 Excel 95 或更早的格式，没有读取。请另存为 xlsx。'],
  [/an Office file but no Excel workbook/, '是其他 Office 文档，不是 Excel 工作簿，没有读取。请导出为 xlsx 或 CSV。'],
  [/cannot be read after row (\d+) \(.*quotation mark/, '第 $1 行之后有引号没有配对，无法读取，没有入库。请重新导出。'],
  [/neither text nor a workbook/, '既不是文本也不是工作簿，没有读取。请导出为 xlsx 或 CSV。'],
  [/holds no table; events/, '里面不是表格。按行存放的事件（NDJSON）请由系统管理员用命令行导入；空文件请重新导出。'],
  [/is damaged|damaged (?:XML )?workbook/, '文件已损坏，没有读取。请重新导出或另存一次。'],
];

/** Why a file was not read, with the way out; its name stands before. */
export function unreadableText(sentence: string, locale: Locale): string {
  if (locale === 'en') return sentence;
  for (const [pattern, chinese] of SENTENCES) {
    const found = pattern.exec(sentence);
    if (found)
      return chinese.replaceAll(/\$(\d)/g, (_, n: string) =>
        (found[Number(n)] ?? '').replaceAll(/the (?:line or )?column /g, ''),
      );
  }
  return `没有读取：${sentence}`;
}
