// ESLint's recommended rules, and those that Odoo's own test_lint adds for its JavaScript.
import js from "@eslint/js";
import globals from "globals";

export default [
    js.configs.recommended,
    {
        files: ["crm_cartera/static/**/*.js"],
        languageOptions: {
            ecmaVersion: 2022,
            sourceType: "module",
            globals: {
                ...globals.browser,
                Chart: "readonly",
                luxon: "readonly",
                odoo: "readonly",
            },
        },
        rules: {
            eqeqeq: "error",
            "no-duplicate-imports": "error",
            "no-restricted-globals": ["error", "event", "self"],
            "no-unused-vars": ["error", {args: "none", caughtErrors: "all"}],
            "no-var": "error",
            "prefer-const": "error",
            "no-restricted-syntax": [
                "error",
                "PrivateIdentifier",
                {
                    selector:
                        "ClassDeclaration[superClass.name='Component']:not(:has(ClassBody.body > PropertyDefinition[key.name='props'][static='true']))",
                    message: "Component should declare static props",
                },
                {
                    selector:
                        "ClassDeclaration[superClass.name='Component']:not(:has(ClassBody.body > PropertyDefinition[key.name='template'][static='true']))",
                    message: "Component should declare static template",
                },
                {
                    selector: "CallExpression[callee.name='_t'] > :first-child[value=/(.*%s){2,}/]",
                    message: "Usage of _t function with multiple unnamed placeholders",
                },
                {
                    selector:
                        "CallExpression[callee.object.property.name='notification'][callee.property.name='add'] > Literal:first-child",
                    message: "String passed to notification.add() should be translated",
                },
            ],
        },
    },
];
