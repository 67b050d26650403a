"""What the operating system objects to, in Chinese."""

import errno

SENTENCES = {
    errno.ENOSPC: "磁盘已满，请清理后再试",
    errno.EDQUOT: "磁盘配额已用完，请清理后再试",
    errno.ENOENT: "文件夹不存在，请先建立",
    errno.EROFS: "磁盘只能读、不能写，请检查磁盘",
    errno.EACCES: "没有权限，请检查文件和文件夹归谁所有",
    errno.EPERM: "没有权限，请检查文件和文件夹归谁所有",
    errno.EIO: "磁盘读写出错，请检查磁盘是否损坏",
}


def trouble_of(error: OSError) -> str:
    """Why a file could not be read or written, and what to do."""
    return SENTENCES.get(error.errno or 0, f"系统返回错误号 {error.errno}，请联系运维人员")
