import { CsvRowCounter } from './CsvRowCounter';
import { fileNameOf } from './fileName';

describe('CsvRowCounter', () => {
  it('counts rows, not lines, wherever the pieces end', () => {
    const bytes = new TextEncoder().encode(
      'id,label\r\n1,"two\nlines, ""quoted"""\r\n2,plain\r\n',
    );
    for (let cut = 0; cut <= bytes.length; cut++) {
      const counter = new CsvRowCounter();
      counter.add(bytes.slice(0, cut));
      counter.add(bytes.slice(cut));
      expect(counter.rows).toBe(2);
    }
  });
});

describe('fileNameOf', () => {
  it('takes the plain name only', () => {
    expect(fileNameOf('attachment; filename="audit trail.csv"')).toBe(
      'audit trail.csv',
    );
    expect(fileNameOf('attachment; filename=a.csv; x=1')).toBe('a.csv');
    expect(fileNameOf('attachment; filename="../../a.csv"')).toBe(
      '.._.._a.csv',
    );
    expect(fileNameOf(null)).toBeUndefined();
  });
});
