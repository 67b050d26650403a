"""What click says, in Chinese.

click fetches each of its sentences through gettext at the moment it is needed. Handing it this table instead of a
compiled catalogue keeps the words readable and independent of the machine's locale.
"""

from types import ModuleType

import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.parser
import click.termui
import click.types

SPEAKING: tuple[ModuleType, ...] = (
    click.core,
    click.decorators,
    click.exceptions,
    click.formatting,
    click.parser,
    click.termui,
    click.types,
)

CHINESE = {
    # headings and notes of a help page
    "Usage:": "用法：",
    "Options": "选项",
    "Commands": "命令",
    "Positional arguments": "参数",
    "Show this message and exit.": "显示本说明。",
    "Show the version and exit.": "显示版本。",
    "default: {default}": "默认：{default}",
    "required": "必填",
    "(dynamic)": "（视情况而定）",
    "env var: {var}": "环境变量：{var}",
    "deprecated": "即将停用",
    "file": "文件",
    "directory": "文件夹",
    "path": "路径",
    # mistakes on the command line
    "Error: {message}": "错误：{message}",
    "Try '{command} {option}' for help.": "输入“{command} {option}”查看说明。",
    "Missing command.": "没有写命令。",
    "Missing argument": "缺少参数",
    "Missing option": "缺少选项",
    "Missing parameter": "缺少参数",
    "Missing {param_type}": "缺少参数",
    "Missing parameter: {param_name}": "缺少参数：{param_name}",
    "Choose from:\n\t{choices}": "可以填：\n\t{choices}",
    "Invalid value: {message}": "参数有误：{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} 有误：{message}",
    "No such option {name!r}.": "没有“{name}”这个选项。",
    "No such command {name!r}.": "没有“{name}”这个命令。",
    "Did you mean {possibility}?": "是否想写 {possibility}？",
    "(Did you mean one of: {possibilities}?)": "（是否想写其中一个：{possibilities}？）",
    "Got unexpected extra argument ({args})": "多出了参数：{args}。",
    "Got unexpected extra arguments ({args})": "多出了参数：{args}。",
    "Option {name!r} does not take a value.": "选项“{name}”后面不跟内容。",
    "Option {name!r} requires an argument.": "选项“{name}”后面要写内容。",
    "Option {name!r} requires {nargs} arguments.": "选项“{name}”后面要写 {nargs} 项内容。",
    "Argument {name!r} takes {nargs} values.": "参数“{name}”要写 {nargs} 项。",
    "Takes {nargs} values but 1 was given.": "要写 {nargs} 项，只写了 1 项。",
    "Takes {nargs} values but {len} were given.": "要写 {nargs} 项，写了 {len} 项。",
    "{len_type} values are required, but {len_value} was given.": "要写 {len_type} 项，写了 {len_value} 项。",
    "{len_type} values are required, but {len_value} were given.": "要写 {len_type} 项，写了 {len_value} 项。",
    "Value must be an iterable.": "应当是一组内容。",
    "Invalid start character for option ({option})": "选项的写法有误：{option}",
    # values that are not what was asked
    "{value!r} is not {choice}.": "“{value}”不对，只能填 {choice}。",
    "{value!r} is not one of {choices}.": "“{value}”不在可填的内容之中：{choices}。",
    "{value!r} does not match the format {format}.": "“{value}”的写法不对，应当像 {format}。",
    "{value!r} does not match the formats {formats}.": "“{value}”的写法不对，应当像 {formats}。",
    "{value!r} is not a valid {number_type}.": "“{value}”不是可用的数字。",
    "{value} is not in the range {range}.": "{value} 超出了范围 {range}。",
    "{value!r} is not a valid boolean. Recognized values: {states}": "“{value}”应当填是或否（{states}）。",
    "{value!r} is not a valid UUID.": "“{value}”不是完整的编号。",
    "{name} {filename!r} does not exist.": "找不到{name}“{filename}”。",
    "{name} {filename!r} is a file.": "“{filename}”是文件，这里要填文件夹。",
    "{name} {filename!r} is a directory.": "“{filename}”是文件夹，这里要填文件。",
    "{name} {filename!r} is not readable.": "没有权限读取“{filename}”。",
    "{name} {filename!r} is not writable.": "没有权限写入“{filename}”。",
    "{name} {filename!r} is not executable.": "“{filename}”不能运行。",
    "Could not open file {filename!r}: {message}": "打不开文件“{filename}”：{message}",
    "unknown error": "原因不明",
    # questions
    "Aborted!": "已中止。",
    "Do you want to continue?": "要继续吗？",
    "Confirm the action without prompting.": "不再询问，直接执行。",
    "Repeat for confirmation": "请再输入一遍",
    "Error: The two entered values do not match.": "错误：两次输入不一致。",
    "Error: invalid input": "错误：输入有误",
    "Press any key to continue...": "按任意键继续……",
}


def in_chinese(sentence: str) -> str:
    return CHINESE.get(sentence, sentence)


def counted_in_chinese(one: str, many: str, count: int) -> str:
    return in_chinese(one if count == 1 else many)


def speak_chinese() -> None:
    """From here on, click speaks Chinese in this process."""
    for module in SPEAKING:
        vars(module).update(_=in_chinese, ngettext=counted_in_chinese)
