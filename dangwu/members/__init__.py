"""People, their membership, where they belong and the posts they hold.

`sheets` reads a roster, `services` enrols its people, `posts` understands the words of posts, `facts` tells the
rulebook about members and, from their posts and numbers, about their organisations. No identity number is stored.
"""
