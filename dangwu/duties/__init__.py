"""What is to be done and by when: directives passed on to those below, and campaigns broken down into measures.

Both are tasks, handed to organisations as assignments. An organisation fulfils its own: it says when it passed a
directive on and studied it, by a record that is there already (`proving`), and what it did about it. A measure is done
once the level above has confirmed it. Who is responsible is a post, so that it goes over to whoever holds it next.
"""
