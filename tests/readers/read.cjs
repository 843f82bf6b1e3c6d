// SheetJS and exceljs in one process: prints what each finds in the files that are named, as JSON.

const ExcelJS = require("exceljs");
const SheetJS = require("xlsx");

function withSheetJS(file) {
  const book = SheetJS.readFile(file);
  const values = {};
  const formulas = {};
  for (const title of book.SheetNames) {
    for (const [at, cell] of Object.entries(book.Sheets[title])) {
      if (at.startsWith("!")) continue;
      values[`${title}!${at}`] = cell.t === "e" ? `#${cell.w}` : cell.v;
      if (cell.f !== undefined) formulas[`${title}!${at}`] = cell.f;
    }
  }
  const names = Object.fromEntries(book.Workbook.Names.map((each) => [each.Name, each.Ref]));
  return { sheets: book.SheetNames, values, formulas, names };
}

async function withExcelJS(file) {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(file);
  const values = {};
  const formulas = {};
  const rules = {};
  for (const sheet of book.worksheets) {
    sheet.eachRow((row) =>
      row.eachCell((cell) => {
        const at = `${sheet.name}!${cell.address}`;
        if (cell.formula) formulas[at] = cell.formula;
        values[at] = plain(cell.formula ? cell.result : cell.value);
      }),
    );
    rules[sheet.name] = Object.entries(sheet.dataValidations.model).map(([at, rule]) => [at, rule.type]);
  }
  const names = Object.fromEntries(book.definedNames.model.map((each) => [each.name, each.ranges[0]]));
  return { sheets: book.worksheets.map((sheet) => sheet.name), values, formulas, names, rules };
}

// A linked cell holds its text and the link, a text in several runs holds these.
function plain(value) {
  if (value === null || typeof value !== "object") return value;
  if (value.text !== undefined) return plain(value.text);
  if (value.richText) return value.richText.map((run) => run.text).join("");
  return `#${JSON.stringify(value)}`;
}

async function main(files) {
  const found = { SheetJS: {}, exceljs: {} };
  for (const file of files) {
    found.SheetJS[file] = withSheetJS(file);
    found.exceljs[file] = await withExcelJS(file);
  }
  process.stdout.write(JSON.stringify(found));
}

main(process.argv.slice(2));
