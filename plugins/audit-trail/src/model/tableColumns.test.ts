import { columnsOf, densityOf, toggleColumn } from './tableColumns';

describe('columns of the table', () => {
  it('are those that were chosen, in their order, and known', () => {
    expect(columnsOf(undefined)).toEqual(['actor', 'resource', 'via']);
    expect(columnsOf([])).toEqual([]);
    expect(columnsOf(['via', 'gone', 'actor'])).toEqual(['actor', 'via']);
    expect(densityOf('dense')).toBe('dense');
    expect(densityOf({})).toBe('comfortable');
  });

  it('are added and taken away one by one', () => {
    expect(toggleColumn(['actor', 'via'], 'workspace')).toEqual([
      'actor',
      'workspace',
      'via',
    ]);
    expect(toggleColumn(['actor', 'via'], 'via')).toEqual(['actor']);
  });
});
