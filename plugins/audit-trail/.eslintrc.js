const message =
  'What people read has a key in src/translations, in every language.';

/** Properties whose value somebody reads or hears. */
const SPOKEN =
  '/^(alt|aria-label|aria-description|heading|helperText|label|noun|placeholder|text|title|titleAccess|what)$/';

/** Words, as against ids and the keys of messages. */
const WORDS = '/^(?![a-zA-Z0-9-]+([.][\\w-]+)+$)(?![a-z0-9-]+$).*\\p{L}{2}/u';

module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  overrides: [
    {
      files: ['src/**/*.ts?(x)'],
      // The name of the whole is the same in all languages, and extensions have
      // no other.
      excludedFiles: [
        '**/*.test.*',
        '**/__testUtils__/**',
        'src/plugin.tsx',
        'src/extensions/**',
      ],
      rules: {
        'no-restricted-syntax': [
          'error',
          {
            selector:
              "ImportDeclaration[source.value='react'] :matches(ImportDefaultSpecifier, ImportNamespaceSpecifier)",
            message: 'The JSX transform needs no import of React.',
          },
          {
            selector:
              "JSXElement[openingElement.name.name!='code'] > JSXText[value=/\\p{L}{2}/u]",
            message,
          },
          {
            selector: `JSXAttribute[name.name=${SPOKEN}] > Literal[value=/\\p{L}{2}/u]`,
            message,
          },
          {
            selector: `JSXAttribute[name.name=${SPOKEN}] > JSXExpressionContainer > :matches(Literal[value=/\\p{L}{2}/u], ConditionalExpression > Literal[value=${WORDS}], TemplateLiteral > TemplateElement[value.raw=/\\p{L}{2}/u])`,
            message,
          },
          {
            selector: `Property:matches([key.name=${SPOKEN}], [key.value=${SPOKEN}]) > :matches(Literal[value=/\\p{L} \\p{L}/u], TemplateLiteral > TemplateElement[value.raw=/\\p{L}{2} | \\p{L}{2}/u])`,
            message,
          },
          // Words, wherever they stand in the tree of a component.
          {
            selector: `JSXElement > JSXExpressionContainer :matches(LogicalExpression, ConditionalExpression) > :matches(Literal[value=${WORDS}], TemplateLiteral > TemplateElement[value.raw=/\\p{L}{2}/u])`,
            message,
          },
          {
            selector:
              'JSXElement > JSXExpressionContainer > TemplateLiteral > TemplateElement[value.raw=/\\p{L}{2}/u]',
            message,
          },
          // Sentences that a function gives.
          {
            selector:
              ':matches(ReturnStatement, ArrowFunctionExpression) > :matches(Literal[value=/\\p{L}{2,} \\p{L}|^\\p{Lu}\\p{Ll}+$/u], TemplateLiteral > TemplateElement[value.raw=/\\p{L}{2,} | \\p{L}{2,}/u])',
            message,
          },
        ],
      },
    },
  ],
});
